/** What every page of this build costs before it holds anything. Only ever copied into the bench's own tree. */
export default function EmptyPage() {
  return null;
}
