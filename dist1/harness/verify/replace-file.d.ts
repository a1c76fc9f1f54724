/** Puts `text` in the place of a file, whole or not at all; its folder is made if it is missing. */
export declare function replaceFile(file: string, text: string): void;
/** Runs `action` while no other process holds `file` in this way. */
export declare function holdingFile(file: string, action: () => void): void;
