declare module '*?worker&url' {
  const url: string;
  export default url;
}
declare module '*.css';
declare module '*?raw' {
  const text: string;
  export default text;
}
