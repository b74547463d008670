import type { MDXComponents } from 'mdx/types';

const modules = import.meta.glob<Record<string, unknown>>('../prose/*.tsx', { eager: true });

/** What a chapter may use without importing it: every component that `prose` exports. */
export const words = Object.fromEntries(
  Object.values(modules)
    .flatMap((module) => Object.entries(module))
    .filter(([name]) => /^[A-Z]/.test(name)),
) as MDXComponents;
