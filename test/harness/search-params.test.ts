import { describe, expect, test } from "vitest";
import { listQueries, listSearchParams } from "./search-params";

describe("listSearchParams", () => {
  test("finds every parameter of a page's schema with the words that it names", () => {
    const source = `
      const SearchParams = z.object({
        q: z.string().trim().max(100).catch(""),
        only: z.enum(["decision", "unclear"]).optional().catch(undefined),
        case: ClosedCase,
        before: z.uuid().optional().catch(undefined),
      });
      export default async function Page({ searchParams }: Props) {}`;
    expect(listSearchParams(source)).toEqual({ q: [], only: ["decision", "unclear"], case: [], before: [] });
    expect(
      listSearchParams(
        'const SearchParams = z.object({ show: z.enum(["all"]).catch("all"), at: z.uuid() });',
      ),
    ).toEqual({
      show: ["all"],
      at: [],
    });
  });

  test("finds none in a page that reads none", () => {
    expect(listSearchParams("export default async function Page() {}")).toEqual({});
  });

  test.each(["const { q } = await searchParams;", "const params = useSearchParams();"])(
    "refuses a page that reads parameters in another way: %s",
    (source) => {
      expect(() => listSearchParams(source)).toThrow("SearchParams = z.object");
    },
  );
});

describe("listQueries", () => {
  test("has each parameter alone and all together", () => {
    expect(listQueries({ q: [], only: ["unclear"] }, ["Sari A"])).toEqual([
      "",
      "?q=Sari+A",
      "?only=unclear",
      "?only=Sari+A",
      "?q=Sari+A&only=unclear",
    ]);
  });

  test("has only the empty query for a page without parameters", () => {
    expect(listQueries({}, ["Sari"])).toEqual([""]);
  });
});
