/** Opens the picker of a field for files. */
export const pickFiles = (id: 'model-files' | 'image-files'): void => {
  document.getElementById(id)!.click();
};
