import { toProblem } from "@/lib/api/problem";
import { toApiResponse, toProblemAnswer } from "@/lib/server/api/answer";

/** An address that the API does not have, answered in its own format and without looking at the key. */
const refuse = () => toApiResponse(toProblemAnswer(toProblem("not_found")));

export const GET = refuse;
export const POST = refuse;
export const PATCH = refuse;
export const PUT = refuse;
export const DELETE = refuse;
