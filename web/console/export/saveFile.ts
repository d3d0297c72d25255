/** A file that is being written. */
export interface WritableFile {
  write(text: string): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

interface FilePicker {
  showSaveFilePicker?(options: object): Promise<{ createWritable(): Promise<WritableFile> }>;
}

/**
 * Begins a file where the user wants it; where the browser cannot write one piece by piece, it is gathered and
 * downloaded in the end. Nothing comes when the user thought better of it.
 */
export async function saveFile(name: string, type: string): Promise<WritableFile | undefined> {
  const { showSaveFilePicker } = window as FilePicker;
  if (!showSaveFilePicker) return download(name, type);
  try {
    return await (await showSaveFilePicker({ suggestedName: name })).createWritable();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    return download(name, type);
  }
}

function download(name: string, type: string): WritableFile {
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
