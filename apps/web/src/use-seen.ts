/** Whether something on the page has come into sight yet: what is far below is asked for when somebody goes there. */
import { useEffect, useState, type RefObject } from 'react';

export function useSeen(of: RefObject<Element | null>): boolean {
  const [isSeen, see] = useState(false);
  useEffect(() => {
    if (!of.current || isSeen) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) see(true);
    });
    observer.observe(of.current);
    return () => observer.disconnect();
  }, [of, isSeen]);
  return isSeen;
}
