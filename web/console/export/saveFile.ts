/** A file that is being written. */
export interface Saving {
  write(text: string): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

interface FilePicker {
  showSaveFilePicker?(options: object): Promise<{ createWritable(): Promise<Saving> }>;
}

/**
 * Begins a file where the user wants it; where the browser cannot write one piece by piece, it is gathered and
 * downloaded in the end. Nothing comes when the user thought better of it.
 */
export async function save(name: string, type: string): Promise<Saving | undefined> {
  const { showSaveFilePicker } = window as FilePicker;
  if (!showSaveFilePicker) return download(name, type);
  try {
    return await (await showSaveFilePicker({ suggestedName: name })).createWritable();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    return download(name, type);
  }
}

function download(name: string, type: string): Saving {
  const parts: string[] = [];
  return {
    write: async (text) => void parts.push(text),
    abort: async () => {
      parts.length = 0;
    },
    close: async () => {
      const href = URL.createObjectURL(new Blob(parts, { type }));
      Object.assign(document.createElement('a'), { href, download: name }).click();
      URL.revokeObjectURL(href);
    },
  };
}
