import { describe, expect, test } from "vitest";
import { parseSearch } from "./search-text";

const getAlternatives = (query: string) => parseSearch(query).alternatives;

describe("parseSearch", () => {
  test.each([
    ["6059 0000", [["60590000"], ["6260590000"]]],
    ["0812-34", [["0812-34"], ["081234"], ["6281234"]]],
    ["+62 812", [["+62812"], ["62812"]]],
    ["KB-2611", [["kb-2611"], ["2611", "kb"]]],
    ["Budi", [["budi"]]],
    ["Budi San", [["budisan"], ["budi", "san"]]],
    ["budi@toko.id", [["budi@toko.id"], ["budi", "toko", "id"]]],
    ["José", [["jose"]]],
    ["a", [["a"]]],
    ["7", []],
    ["%", []],
  ])("understands %j as %j", (query, alternatives) => expect(getAlternatives(query)).toEqual(alternatives));

  test("leaves out a word that begins another word, because it asks for nothing more", () => {
    expect(getAlternatives("b bud budi")).toEqual([["bbudbudi"], ["budi"]]);
  });

  test("looks for six words at most, the longest ones", () => {
    expect(getAlternatives("a b c d e f gg hh").at(-1)).toEqual(["gg", "hh", "a", "b", "c", "d"]);
  });

  test("drops characters that PostgreSQL cannot store", () => {
    expect(getAlternatives("bu\u0000\ud800di\u0007")).toEqual([["budi"], ["bu", "di"]]);
  });

  test("recognizes a whole order id and a whole Request-Id", () => {
    const requestId = "0B7C8A5E-6A5B-4C3D-8E9F-0A1B2C3D4E5F";
    expect(parseSearch(requestId).requestId).toBe(requestId.toLowerCase());
    expect(parseSearch(" Zm9vYmFyYmF6cXV4MTIzNA ").orderId).toBe("Zm9vYmFyYmF6cXV4MTIzNA");
  });
});
