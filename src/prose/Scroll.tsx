import { useEffect, useRef, useState, type ReactNode } from 'react';
import styles from './Figure.module.css';

/** Lets what is wider than the column scroll sideways, with the arrow keys too. */
export function Scroll({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [isTooWide, setIsTooWide] = useState(false);
  useEffect(() => {
    const measure = () => {
      const element = box.current;
      // Whoever can reach something inside by Tab can scroll without a tab stop more.
      setIsTooWide(
        element !== null && element.scrollWidth > element.clientWidth && !element.querySelector('[tabindex]'),
      );
    };
    measure();
    void document.fonts?.ready.then(measure);
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, []);
  return (
    <div className={styles.scroll} ref={box} {...(isTooWide && { tabIndex: 0 })}>
      {children}
    </div>
  );
}
