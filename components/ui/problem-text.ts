"use client";

import { createContext, useContext } from "react";

/**
 * How the fields of a form put a problem into words. An action answers with problems and not with sentences, so that
 * what it said follows the language of the page. Without a provider the problem is a sentence already.
 */
export const ProblemText = createContext<(problem: string) => string>((problem) => problem);

export const useProblemText = () => useContext(ProblemText);
