import { useEffect, useRef, useState, type ReactNode } from 'react';
import styles from './Scroll.module.css';

export interface ScrollProps {
  /** Of what is a region of its own; a formula is none. */
  label?: string;
  children: ReactNode;
}

/** Lets what is wider than the column scroll sideways, with the arrow keys too. */
export function Scroll({ label, children }: ScrollProps) {
  const box = useRef<HTMLDivElement>(null);
  const [isTooWide, setIsTooWide] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (element === null || typeof ResizeObserver === 'undefined') return;
    // Told after layout: asking before it would lay the whole page out at once.
    const observer = new ResizeObserver(() => {
      // Whoever can reach something inside by Tab can scroll without a tab stop more.
      setIsTooWide(element.scrollWidth > element.clientWidth && !element.querySelector('[tabindex]'));
    });
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return (
    <div
      className={styles.scroll}
      ref={box}
      {...(label !== undefined && { role: 'region', 'aria-label': label })}
      {...(isTooWide && { tabIndex: 0 })}
    >
      {children}
    </div>
  );
}
