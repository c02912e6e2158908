/**
 * Runs a question one at a time. A call during a run brings one more run after it, because the answer may have been made
 * before what the call is about; a slow network still gets its answers, as none is thrown away for the next.
 */
export function askInTurn(question: () => Promise<void>): () => void {
  let isRunning = false;
  let isAskedAgain = false;
  const ask = (): void => {
    isAskedAgain = isRunning;
    if (isRunning) return;
    isRunning = true;
    void question().finally(() => {
      isRunning = false;
      if (isAskedAgain) ask();
    });
  };
  return ask;
}
