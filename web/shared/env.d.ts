/** Written by the build (web/build/serif-font.ts). */
declare module '@serif/characters.json' {
  const characters: string;
  export default characters;
}

/** For tools that read TypeScript only; vue-tsc knows each component's own type. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue';

  const component: DefineComponent;
  export default component;
}
