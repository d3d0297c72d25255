/** An open file. */
export interface WritableFile {
  write(text: string): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

interface FilePicker {
  showSaveFilePicker?(options: object): Promise<{ createWritable(): Promise<WritableFile> }>;
}

/**
 * Opens a file that the user chooses; undefined if they cancel. In browsers without file access it is collected in memory, and downloaded
 * when it is closed.
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
