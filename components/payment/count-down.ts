type Options = {
  seconds: number;
  /** Called with what is left, at once and after each second. */
  onTick: (left: number) => void;
  /** Called once, when nothing is left. */
  onEnd: () => void;
  /** A second in which the page is hidden does not count. */
  isVisible: () => boolean;
};

/** Counts whole seconds in which the page is visible. @returns how to stop it */
export function countDown({ seconds, onTick, onEnd, isVisible }: Options): () => void {
  let left = seconds;
  const first = setTimeout(() => onTick(left));
  const timer = setInterval(() => {
    if (!isVisible()) return;
    left -= 1;
    if (left > 0) return onTick(left);
    clearInterval(timer);
    onEnd();
  }, 1000);
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
}
