/** Lets a scenario fail, with the place, that would end the process, or put work off until after its run. */
export declare function watchProcess(): void;
