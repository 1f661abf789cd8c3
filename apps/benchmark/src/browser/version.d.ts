/** Version of PatternLens, put in when the page is built. */
declare const VERSION: string;
