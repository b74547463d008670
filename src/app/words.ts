import type { MDXComponents } from 'mdx/types';
import { playgrounds } from './playgrounds.ts';

const modules = import.meta.glob<Record<string, unknown>>('../prose/*.tsx', { eager: true });

/** What a chapter may use without importing it: every playground, and every component that `prose` exports. */
export const words = {
  ...playgrounds,
  ...Object.fromEntries(
    Object.values(modules)
      .flatMap((module) => Object.entries(module))
      .filter(([name]) => /^[A-Z]/.test(name)),
  ),
} as MDXComponents;
