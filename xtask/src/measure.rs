//! What is built → figures and pictures: size, scores, throughput, crashes found, screenshots.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use crate::build::build;
use crate::install::{Need, all, chromium};
use crate::process::{Outcome, command, read, root, run, shared, target};

/// Brotli bytes of what the demo page loads; an error above the budget.
pub fn size() -> Outcome {
    build()?;
    run(&mut command("node", ["tools/size.mjs"]))
}

/// Runs one of the corpus' scorers over the release program.
pub fn score(tool: &str, pass: &[OsString]) -> Outcome {
    let Some(scorer) = shared().map(|dir| dir.join("tools").join(tool)).filter(|path| path.is_file()) else {
        println!("no corpus");
        return Ok(());
    };
    all(&[Need::Python])?;
    run(&mut command("cargo", ["build", "--release", "--features", "cli", "--bin", "policy-reader"]))?;
    let (python, speaks): (_, &[&str]) = match tool {
        "capp.py" => ("python3".into(), &["classify"]),
        "rewrite.py" => (rewriters()?, &["plain"]),
        _ => ("python3".into(), &["analyze", "--format", "json"]),
    };
    // -B: the corpus' folder is not ours to leave compiled files in.
    run(command(&python, [OsStr::new("-B"), scorer.as_os_str()])
        .args(pass)
        .arg("--")
        .arg(target().join("release/policy-reader"))
        .args(speaks))
}

/// The Python of an environment with what `rewrite.py` imports, made where it is missing.
fn rewriters() -> Outcome<PathBuf> {
    let folder = target().join("rewrite");
    let python = folder.join("bin/python");
    if !python.is_file() {
        run(command("python3", ["-m", "venv"]).arg(&folder))
            .map_err(|error| format!("venv is missing: apt-get install python3-venv ({error})"))?;
    }
    if read(&mut command(&python, ["-c", "import jieba, rouge"])).is_err() {
        run(&mut command(&python, ["-m", "pip", "install", "--quiet", "jieba==0.42.1", "rouge==1.0.1"]))?;
    }
    Ok(python)
}

/// The example for Spark over 600 made-up policies, one worker killed.
pub fn spark() -> Outcome {
    let python = crate::install::spark()?;
    run(&mut command("cargo", ["build", "--features", "cli", "--bin", "policy-reader"]))?;
    run(command(&python, ["-B", "examples/spark/test_policies.py"]).arg(target().join("debug/policy-reader")))
}

/// Prints any stage of any file. Paths are the caller's own, so this runs where the caller stands.
pub fn inspect(pass: &[OsString]) -> Outcome {
    let here = std::env::current_dir().map_err(|error| error.to_string())?;
    run(&mut command("cargo", ["build", "--quiet", "--features", "cli", "--bin", "policy-reader"]))?;
    let program = target().join("debug/policy-reader");
    run(command(&program, ["inspect"]).args(pass).current_dir(here))
}

/// Throughput of the whole analysis, its growth, how it stands beside Markdown renderers in Node, how soon a slowed-down page
/// answers, what Lighthouse says of the demo.
pub fn bench([native, growth, node, page, lighthouse]: [bool; 5]) -> Outcome {
    if native {
        run(&mut command("cargo", ["bench", "--bench", "throughput"]))?;
    }
    if growth {
        run(&mut command("cargo", ["bench", "--bench", "growth"]))?;
    }
    if node {
        build()?;
        run(&mut command("node", ["--expose-gc", "benches/node.mjs"]))?;
    }
    if page {
        all(&[Need::Chromium])?;
        build()?;
        run(command("node", ["benches/page.mjs"]).env("CHROME", chromium()?))?;
    }
    if lighthouse {
        all(&[Need::Chromium])?;
        build()?;
        run(command("node", ["benches/lighthouse.mjs"]).env("CHROME", chromium()?))?;
    }
    Ok(())
}

/// Pictures of the demo at three widths, light and dark.
pub fn shots() -> Outcome {
    all(&[Need::Chromium])?;
    build()?;
    run(command("node", ["tools/shots.mjs"]).env("CHROME", chromium()?))
}

/// The readers' entries; fuzz/Cargo.toml names the same.
const FUZZ_TARGETS: [&str; 5] = ["markdown", "html", "plain", "one_line", "torn"];

/// Fuzzes one reader, or all, for so many seconds each.
pub fn fuzz(seconds: u64, target: Option<&str>) -> Outcome {
    let targets = match target {
        None => &FUZZ_TARGETS[..],
        Some(name) => match FUZZ_TARGETS.iter().position(|known| *known == name) {
            Some(at) => &FUZZ_TARGETS[at..=at],
            None => return Err(format!("no target {name:?}: there are {}", FUZZ_TARGETS.join(", "))),
        },
    };
    all(&[Need::Fuzz])?;
    for name in targets {
        println!("fuzz {name}: {seconds} s");
        plant(&root().join("fuzz/corpus").join(name))?;
        // rustup names the compiler: the one of rust-toolchain.toml is set for this process and would win over +nightly.
        // No sanitizer: the crate forbids unsafe code, so that addresses cannot go wrong, and without one it runs twice
        // as often. Debug assertions and overflow checks stay on.
        run(command("rustup", ["run", "nightly", "cargo", "fuzz", "run", "--sanitizer=none", name, "--"])
            .arg(format!("-max_total_time={seconds}"))
            .args(["-dict=fuzz/marks.dict", "-max_len=4096", "-timeout=10", "-report_slow_units=2"])
            .arg("-print_final_stats=1"))?;
    }
    Ok(())
}

/// Bytes of a piece to start from: more than a dozen lines, and short enough to be run a thousand times a second.
const PIECE: usize = 2000;

/// Pieces of our own cases and pages, and of real policies, for the fuzzer to start from; never tracked.
fn plant(corpus: &Path) -> Outcome {
    fs::create_dir_all(corpus).map_err(|error| format!("{}: {error}", corpus.display()))?;
    for (most, source) in policies() {
        let Ok(text) = fs::read_to_string(&source) else { continue };
        let name = source.file_name().map(OsStr::to_string_lossy).unwrap_or_default();
        let mut rest = text.as_str();
        for at in 0..most {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
            if !piece.is_empty() {
                let path = corpus.join(format!("{name}-{at}"));
                fs::write(&path, piece).map_err(|e| format!("{}: {e}", path.display()))?;
            }
            rest = after;
        }
    }
    Ok(())
}

/// The files to start from, each with how many pieces of it are wanted.
fn policies() -> Vec<(usize, PathBuf)> {
    let own = ["tests/cases/outline", "tests/cases/bold", "tests/pages", "tests/hostile", "www/samples"];
    let own = own.into_iter().map(|folder| (3, root().join(folder)));
    let real = ["seeds", "corpora/capp-130/originals"].into_iter().zip([12, 2]);
    let real = real.filter_map(|(folder, most)| Some((most, shared()?.join(folder))));
    let mut out = Vec::new();
    for (most, folder) in own.chain(real) {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        out.extend(entries.map(|entry| (most, entry.path())).filter(|(_, path)| path.is_file()));
    }
    out
}
