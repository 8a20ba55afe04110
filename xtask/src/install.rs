//! What a command needs → made sure of, or named with the command that would install it.
//!
//! Only the ordinary registries are asked (rustup, crates.io, npm, apt): a browser vendor's download is never needed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{Outcome, command, find, read, root, run};

/// Something that has to be there before a command can work.
#[derive(Clone, Copy)]
pub enum Need {
    /// rustfmt, clippy, the wasm target and the standard library's source.
    Toolchain,
    /// Node 20 or later and the packages of package-lock.json.
    Node,
    /// A Chromium of any brand.
    Chromium,
    /// cargo-fuzz and a nightly compiler.
    Fuzz,
}

/// Makes sure of all of them; what cannot be had is named together, so that one round of installing is enough.
pub fn all(needs: &[Need]) -> Outcome {
    let missing: Vec<String> = needs.iter().filter_map(|need| one(*need).err()).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("something is missing:\n- {}", missing.join("\n- "))) }
}

fn one(need: Need) -> Outcome {
    match need {
        Need::Toolchain => toolchain(),
        Need::Node => node(),
        Need::Chromium => chromium().map(drop),
        Need::Fuzz => fuzz(),
    }
}

const WASM: &str = "wasm32-unknown-unknown";

fn toolchain() -> Outcome {
    // rust-toolchain.toml names both, but with RUSTUP_AUTO_INSTALL=0 naming is all it does.
    let libdir = read(&mut command("rustc", ["--print", "target-libdir", "--target", WASM]))?;
    if !Path::new(libdir.trim()).is_dir() {
        run(&mut command("rustup", ["target", "add", WASM]))
            .map_err(|error| format!("the {WASM} target: rustup target add {WASM} ({error})"))?;
    }
    // The standard library's source, to build it for size: a component like the others, from the same channel.
    let sysroot = read(&mut command("rustc", ["--print", "sysroot"]))?;
    if !Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/std").is_dir() {
        run(&mut command("rustup", ["component", "add", "rust-src"]))
            .map_err(|error| format!("rust-src: rustup component add rust-src ({error})"))?;
    }
    for (component, probe) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if read(&mut command("cargo", [probe, "--version"])).is_err() {
            run(&mut command("rustup", ["component", "add", component]))
                .map_err(|error| format!("{component}: rustup component add {component} ({error})"))?;
        }
    }
    Ok(())
}

fn node() -> Outcome {
    let version = read(&mut command("node", ["--version"]))
        .map_err(|_| "Node 20 or later with npm: apt-get install nodejs npm, or https://nodejs.org".to_owned())?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < 20) {
        return Err(format!("Node 20 or later: this is {}", version.trim()));
    }
    // npm writes this file last, so it tells whether and when the folder was made whole.
    let made = fs::metadata(root().join("node_modules/.package-lock.json")).and_then(|file| file.modified());
    let locked = fs::metadata(root().join("package-lock.json")).and_then(|file| file.modified());
    match (made, locked) {
        (Ok(made), Ok(locked)) if made >= locked => Ok(()),
        _ => run(&mut command("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"]))
            .map_err(|error| format!("the packages of package-lock.json: npm ci --ignore-scripts ({error})")),
    }
}

/// Names under which Chromium is found, after `$CHROME`. tests/browser/harness.mjs asks the same.
const CHROMIUMS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The path of a Chromium, installed on Debian where we are root.
pub fn chromium() -> Outcome<PathBuf> {
    if let Some(chrome) = std::env::var("CHROME").ok().filter(|chrome| !chrome.is_empty()) {
        return find(&chrome).ok_or_else(|| format!("$CHROME: there is no {chrome}"));
    }
    let present = || CHROMIUMS.into_iter().find_map(find);
    if let Some(path) = present() {
        return Ok(path);
    }
    let by_hand = "Chromium: apt-get install chromium fonts-noto-cjk (as root), or set CHROME to the program's path";
    let root_here = read(&mut command("id", ["-u"])).is_ok_and(|id| id.trim() == "0");
    if !root_here || !Path::new("/etc/debian_version").exists() || find("apt-get").is_none() {
        return Err(by_hand.to_owned());
    }
    apt(&["update", "-qq"]).map_err(|error| format!("{by_hand} ({error})"))?;
    // The fonts: without them Chinese is empty boxes, and every width that a test measures is wrong.
    apt(&["install", "-yqq", "--no-install-recommends", "chromium", "fonts-noto-cjk"])
        .map_err(|error| format!("{by_hand} ({error})"))?;
    present().ok_or_else(|| by_hand.to_owned())
}

fn apt(args: &[&str]) -> Outcome {
    eprintln!("apt-get {}", args.join(" "));
    read(command("apt-get", args).env("DEBIAN_FRONTEND", "noninteractive")).map(drop)
}

fn fuzz() -> Outcome {
    if read(&mut command("cargo", ["+nightly", "--version"])).is_err() {
        return Err("a nightly compiler: rustup toolchain install nightly".to_owned());
    }
    if find("cargo-fuzz").is_none() {
        run(&mut command("cargo", ["install", "--locked", "cargo-fuzz"]))
            .map_err(|error| format!("cargo-fuzz: cargo install --locked cargo-fuzz ({error})"))?;
    }
    Ok(())
}
