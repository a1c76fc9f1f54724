import type { Behaviour, FilePeer, World } from '../world.ts';

/** A path beside the world's own. */
function beside(world: World, name: string): string {
  return `${world.path}.${name}`;
}

/** Sends all of `text`, as far as each send goes, and then calls `onSent`. */
function sending(text: string, onSent: (file: FilePeer) => void): (file: FilePeer) => void {
  let rest = text;
  return (file) => {
    if (rest === '') return;
    rest = rest.slice(file.sendText(rest));
    if (rest === '') onSent(file);
    else file.wantWrite(true);
  };
}

const close = (file: FilePeer): void => file.close();

export const FILES: readonly Behaviour[] = [
  {
    title: 'a file is read to its end',
    run: (world) => {
      world.disk.write(world.path, 'hello');
      world.openFile(world.path, 'file');
    },
    expected: { file: ['data hello', 'end'] },
  },
  {
    title: 'an empty file ends at once',
    run: (world) => {
      world.disk.write(world.path, '');
      world.openFile(world.path, 'file');
    },
    expected: { file: ['end'] },
  },
  {
    title: 'a file that is not there reports ENOENT, once',
    run: (world) => void world.openFile(world.path, 'file'),
    expected: { file: ['close failed ENOENT'] },
  },
  {
    title: 'a file in a folder that is not there cannot be made: ENOENT',
    run: (world) => void world.openFile(`${beside(world, 'folder')}/file`, 'file', {}, 'w'),
    expected: { file: ['close failed ENOENT'] },
  },
  {
    title: 'reading a directory reports EISDIR',
    run: (world) => void world.openFile('/', 'file'),
    expected: { file: ['close failed EISDIR'] },
  },
  {
    title: 'opening a directory for writing reports EISDIR',
    run: (world) => void world.openFile('/', 'file', {}, 'w'),
    expected: { file: ['close failed EISDIR'] },
  },
  {
    title: 'opening for writing makes a file, and empties one that is there',
    run: (world) => {
      world.disk.write(world.path, 'old content');
      world.openFile(world.path, 'file', { onWrite: sending('new', close) }, 'w');
    },
    after: (world) => world.note('file', world.disk.read(world.path)),
    expected: { file: ['new'] },
  },
  {
    title: 'what was accepted before close is in the file',
    run: (world) =>
      void world.openFile(world.path, 'file', { onWrite: sending('x'.repeat(150_000), close) }, 'w'),
    after: (world) => world.note('file', `${world.disk.read(world.path).length} bytes`),
    expected: { file: ['150000 bytes'] },
  },
  {
    title: 'appending writes at the end, wherever others have written meanwhile',
    run: (world) => {
      world.disk.write(world.path, '1');
      const file = world.openFile(world.path, 'file', { onWrite: sending('2', () => {}) }, 'a');
      world.disk.afterWrites(() => {
        world.disk.write(world.path, '12 and more, ');
        file.sendText('3');
        file.close();
      });
    },
    after: (world) => world.note('file', world.disk.read(world.path)),
    expected: { file: ['12 and more, 3'] },
  },
  {
    title: 'reading goes on where it ended, and writing begins there',
    run: (world) => {
      world.disk.write(world.path, 'abcdef');
      const onEnd = (file: FilePeer): void => {
        file.sendText('gh');
        file.close();
      };
      world.openFile(world.path, 'file', { onEnd }, 'r+');
    },
    after: (world) => world.note('file', world.disk.read(world.path)),
    expected: { file: ['data abcdef', 'end', 'abcdefgh'] },
  },
  {
    title: 'two handles on one file have their own positions',
    run: (world) => {
      world.disk.write(world.path, 'abc');
      world.openFile(world.path, 'one');
      world.openFile(world.path, 'two');
    },
    expected: { one: ['data abc', 'end'], two: ['data abc', 'end'] },
  },
  {
    title: 'a FIFO carries bytes from its writer to its reader, and ends when the writer closes',
    run: (world) => {
      world.disk.makeFifo(world.path);
      world.openFile(world.path, 'reader');
      world.openFile(world.path, 'writer', { onWrite: sending('hello', close) }, 'w');
    },
    expected: { reader: ['data hello', 'end'] },
  },
  {
    title: 'a FIFO whose reader came first waits for a writer',
    run: (world) => {
      world.disk.makeFifo(world.path);
      const reader = world.openFile(world.path, 'reader');
      world.afterQuiet(() => {
        reader.note('nothing yet');
        world.openFile(world.path, 'writer', { onWrite: sending('hello', close) }, 'w');
      });
    },
    expected: { reader: ['nothing yet', 'data hello', 'end'] },
  },
  {
    title: 'a FIFO that nobody reads cannot be opened for writing: ENXIO',
    run: (world) => {
      world.disk.makeFifo(world.path);
      world.openFile(world.path, 'writer', {}, 'w');
    },
    expected: { writer: ['close failed ENXIO'] },
  },
  {
    title: 'writing into a FIFO whose reader has gone reports EPIPE',
    run: (world) => {
      world.disk.makeFifo(world.path);
      const reader = world.openFile(world.path, 'reader');
      const writer = world.openFile(world.path, 'writer', {}, 'w');
      world.afterQuiet(() => {
        reader.close();
        // A simulated writer has heard of it by then; Node tells one when it writes.
        world.afterQuiet(() => {
          if (!writer.closed) writer.sendText('lost');
        });
      });
    },
    expected: { writer: ['close reset EPIPE'] },
  },
  {
    title: 'a FIFO ends only when its last writer has closed',
    run: (world) => {
      world.disk.makeFifo(world.path);
      const reader = world.openFile(world.path, 'reader');
      const one = world.openFile(world.path, 'one', {}, 'w');
      const two = world.openFile(world.path, 'two', {}, 'w');
      world.afterQuiet(() => {
        one.sendText('1');
        one.close();
        world.afterQuiet(() => {
          reader.note('one writer left');
          two.sendText('2');
          two.close();
        });
      });
    },
    expected: { reader: ['data 1', 'one writer left', 'data 2', 'end'] },
  },
  {
    title: 'more than a pipe holds gets through a FIFO, as far as its reader reads',
    run: (world) => {
      world.disk.makeFifo(world.path);
      world.openFile(world.path, 'reader', { counts: true });
      world.openFile(world.path, 'writer', { onWrite: sending('x'.repeat(300_000), close) }, 'w');
    },
    expected: { reader: ['300000 bytes', 'end'] },
  },
  {
    title: 'close in handleRead of a file: nothing more is called',
    run: (world) => {
      world.disk.write(world.path, 'hello');
      world.openFile(world.path, 'file', { onData: close });
    },
    expected: { file: ['data hello'] },
  },
  {
    title: 'close in handleWrite of a file: nothing more is called, and nothing is written',
    run: (world) => void world.openFile(world.path, 'file', { onWrite: close }, 'w'),
    after: (world) => world.note('file', `"${world.disk.read(world.path)}"`),
    expected: { file: ['""'] },
  },
  {
    title: 'an exception in handleRead of a file closes it',
    run: (world) => {
      world.disk.write(world.path, 'hello');
      world.openFile(world.path, 'file', {
        onData: () => {
          throw new Error('no');
        },
      });
    },
    expected: { file: ['data hello', 'error no', 'close exception'] },
  },
  {
    title: 'a file that is not read stays open, and is read where wanted again',
    run: (world) => {
      world.disk.write(world.path, 'hello');
      const file = world.openFile(world.path, 'file');
      file.wantRead(false);
      world.disk.afterWrites(() => {
        file.note('now');
        file.wantRead(true);
      });
    },
    expected: { file: ['now', 'data hello', 'end'] },
  },
  {
    title: 'a file that is removed while it is read is read to its end',
    run: (world) => {
      world.disk.write(world.path, 'x'.repeat(200_000));
      let isFirst = true;
      const onData = (): void => {
        if (isFirst) world.disk.remove(world.path);
        isFirst = false;
      };
      world.openFile(world.path, 'file', { counts: true, onData });
    },
    expected: { file: ['200000 bytes', 'end'] },
  },
  {
    title: 'a file that is renamed while it is read is read to its end, whatever takes its name',
    run: (world) => {
      world.disk.write(world.path, 'x'.repeat(200_000));
      let isFirst = true;
      const onData = (): void => {
        if (!isFirst) return;
        isFirst = false;
        world.disk.rename(world.path, beside(world, 'old'));
        world.disk.write(world.path, 'short');
      };
      world.openFile(world.path, 'file', { counts: true, onData });
    },
    expected: { file: ['200000 bytes', 'end'] },
  },
  {
    title: 'writing goes on into a file that was renamed',
    run: (world) => {
      const file = world.openFile(world.path, 'file', { onWrite: sending('1', () => {}) }, 'w');
      world.disk.afterWrites(() => {
        world.disk.rename(world.path, beside(world, 'old'));
        file.sendText('2');
        file.close();
      });
    },
    after: (world) => world.note('file', world.disk.read(beside(world, 'old'))),
    expected: { file: ['12'] },
  },
  {
    title: 'close in handleEnd of a file: nothing more is called',
    run: (world) => {
      world.disk.write(world.path, 'hello');
      world.openFile(world.path, 'file', { onEnd: close });
    },
    expected: { file: ['data hello', 'end'] },
  },
  {
    title: 'an exception in handleWrite of a file closes it',
    run: (world) =>
      void world.openFile(
        world.path,
        'file',
        {
          onWrite: () => {
            throw new Error('no');
          },
        },
        'w',
      ),
    expected: { file: ['error no', 'close exception'] },
  },
  {
    title: 'an exception in handleEnd of a file closes it',
    run: (world) => {
      world.disk.write(world.path, '');
      world.openFile(world.path, 'file', {
        onEnd: () => {
          throw new Error('no');
        },
      });
    },
    expected: { file: ['end', 'error no', 'close exception'] },
  },
  {
    title: 'sending on a file that was closed is a mistake, told at the call',
    run: (world) => {
      const file = world.openFile(world.path, 'file', {}, 'w');
      file.close();
      for (const call of [() => file.sendText('x'), () => file.file.send(new Uint8Array(1))])
        try {
          call();
        } catch (error) {
          file.note((error as { code: string }).code);
        }
    },
    expected: { file: ['ERR_CHANNEL_CLOSED', 'ERR_FILE_CLOSED'] },
  },
];
