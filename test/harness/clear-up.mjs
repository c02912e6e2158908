// Plain JavaScript without imports of the project, because it must start at once and outlive its parent.
// `node clear-up.mjs FOLDER` ends the PostgreSQL in the folder and deletes it when its parent is gone.
import { existsSync, readFileSync, rmSync } from "node:fs";

const [, , folder] = process.argv;
const pidFile = `${folder}/data/postmaster.pid`;
const parent = process.ppid;

function removeAll() {
  clearInterval(looking);
  if (existsSync(pidFile)) {
    try {
      process.kill(Number.parseInt(readFileSync(pidFile, "utf8"), 10), "SIGQUIT");
    } catch {
      // It has ended already.
    }
  }
  setTimeout(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    process.exit();
  }, 500);
}

// Another process may have inherited the pipe and keep it open, so the parent is checked too.
const looking = setInterval(() => process.ppid === parent || removeAll(), 1000);
process.stdin.resume().once("end", removeAll);
