/** The address of a script that is built for workers. */
declare module '*?worker&url' {
  const address: string;
  export default address;
}
