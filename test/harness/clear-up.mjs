// Plain JavaScript without imports of ours, because it has to be there at once and to outlive whoever started it.
// `node clear-up.mjs FOLDER` ends the PostgreSQL in the folder and deletes it when its parent is gone.
import { existsSync, readFileSync, rmSync } from "node:fs";

const [, , folder] = process.argv;
const pidFile = `${folder}/data/postmaster.pid`;
const parent = process.ppid;

function finish() {
  clearInterval(looking);
  if (existsSync(pidFile)) {
    try {
      process.kill(Number.parseInt(readFileSync(pidFile, "utf8"), 10), "SIGQUIT");
    } catch {
      // It has ended by itself.
    }
  }
  setTimeout(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    process.exit();
  }, 500);
}

// A pipe may be kept open by whoever inherited it; a new parent cannot be overlooked.
const looking = setInterval(() => process.ppid === parent || finish(), 1000);
process.stdin.resume().once("end", finish);
