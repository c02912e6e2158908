import { type Answer, jsonAnswer } from "../wire/call";

/** DOKU's error envelope (protocol 10.1); the codes other than invalid_signature are assumed (10.2). */
export function refusal(status: number, code: string, message: string): Answer {
  const type = status >= 500 ? "api_error" : "invalid_request_error";
  return jsonAnswer(status, { error: { code, message, type } });
}

export const invalidParameter = (message: string): Answer => refusal(400, "invalid_parameter", message);
export const invalidJson = (): Answer => invalidParameter("Invalid JSON Format");
export const notFound = (): Answer => refusal(404, "transaction_not_found", "Transaction not found");
export const internalError = (): Answer => refusal(500, "internal_server_error", "Internal Server Error");
export const unavailable = (): Answer => refusal(503, "service_unavailable", "Service Unavailable");
export const otherRequestData = (): Answer =>
  refusal(409, "duplicate_request", "Request-Id already used with different request data");

/** The Spring body seen for a wrong path (protocol 10.1). */
export function unknownPath(path: string, at: Date): Answer {
  const timestamp = at.toISOString().replace("Z", "+00:00");
  const message = `No static resource ${path.replace(/^\//, "")}.`;
  return jsonAnswer(404, { timestamp, status: 404, error: "Not Found", message, path });
}

export function wrongMethod(method: string, path: string, at: Date): Answer {
  const timestamp = at.toISOString().replace("Z", "+00:00");
  const message = `Request method '${method}' is not supported.`;
  return jsonAnswer(405, { timestamp, status: 405, error: "Method Not Allowed", message, path });
}
