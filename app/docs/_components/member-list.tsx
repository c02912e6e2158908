import type { MemberView } from "./schema-view";
import { Prose } from "./prose";

/** Names, types and meanings of members, one below the other, so that they fit on a phone. */
export const MemberList = ({ members }: { members: readonly MemberView[] }) => (
  <ul className="divide-y divide-line">
    {members.map((member) => (
      <li key={member.name} className="py-2.5 first:pt-0 last:pb-0">
        <Member member={member} />
      </li>
    ))}
  </ul>
);

const Member = ({
  member: { name, type, presence, description, limits, members },
}: {
  member: MemberView;
}) => (
  <>
    <p className="flex flex-wrap items-baseline gap-x-2">
      <code className="font-mono text-sm font-semibold wrap-anywhere">{name}</code>
      <span className="text-sm text-muted">
        {type.schema ? (
          <a href={`#${type.schema}`} className="text-primary underline underline-offset-4">
            {type.words}
          </a>
        ) : (
          type.words
        )}
      </span>
      {presence && <span className="text-sm font-semibold text-warning">{presence}</span>}
    </p>
    {(description ?? limits.length > 0) && (
      <p className="text-sm text-muted">
        <Prose text={[description, toSentence(limits)].filter(Boolean).join(" ")} />
      </p>
    )}
    {members.length > 0 && (
      <div className="mt-2 border-l-2 border-line pl-3">
        <MemberList members={members} />
      </div>
    )}
  </>
);

/** `Up to 64 characters.` */
const toSentence = (limits: readonly string[]): string => {
  const text = limits.join("; ");
  return text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
};
