import { useState } from "react";
import type { ChangeEvent } from "react";
import { shrinkPicture } from "./shrink-picture";

/**
 * For a file field: a picture of more than `mostBytes` is replaced by a smaller one as soon as it is chosen. Until
 * `isShrinking` is over the form must not be sent.
 */
export function useShrunkPicture(mostBytes: number) {
  const [isShrinking, setShrinking] = useState(false);
  async function choose({ currentTarget: input }: ChangeEvent<HTMLInputElement>) {
    const file = input.files?.[0];
    if (!file || file.size <= mostBytes) return;
    setShrinking(true);
    const smaller = await shrinkPicture(file);
    setShrinking(false);
    // Another file was chosen meanwhile.
    if (!smaller || input.files?.[0] !== file) return;
    const list = new DataTransfer();
    list.items.add(smaller);
    input.files = list.files;
  }
  return { isShrinking, choose };
}
