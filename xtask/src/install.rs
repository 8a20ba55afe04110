//! What a command needs → made sure of, or named with the command that would install it.
//!
//! Only the ordinary registries are asked (rustup, crates.io, npm, apt): a browser vendor's download is never needed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{Outcome, command, find, read, root, run, target};

/// Something that has to be there before a command can work.
#[derive(Clone, Copy)]
pub enum Need {
    /// rustfmt, clippy, the wasm target and the standard library's source.
    Toolchain,
    /// Node 20 or later and the packages of package-lock.json.
    Node,
    /// A Chromium of any brand.
    Chromium,
    /// Three engines and their drivers, a display for the third, and fonts.
    Browsers,
    /// cargo-fuzz and a nightly compiler.
    Fuzz,
    /// cargo-mutants.
    Mutants,
    /// Python 3, for the corpus' scorers.
    Python,
    /// A spreadsheet program that works without a screen, for the test of what it makes of our lists.
    Office,
    /// Java and a Python with Spark, for the example of a cluster.
    Spark,
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
        Need::Browsers => browsers().map(drop),
        Need::Fuzz => fuzz(),
        Need::Mutants => cargo_program("cargo-mutants", "cargo-mutants", &[]),
        Need::Python => python(),
        Need::Office => office(),
        Need::Spark => spark().map(drop),
    }
}

/// What the page's module is compiled for.
pub const WASM: &str = "wasm32-unknown-unknown";

fn toolchain() -> Outcome {
    // rust-toolchain.toml names both, but with RUSTUP_AUTO_INSTALL=0 naming is all it does.
    let libdir = read(&mut command("rustc", ["--print", "target-libdir", "--target", WASM]))?;
    if !Path::new(libdir.trim()).is_dir() {
        run(&mut command("rustup", ["target", "add", WASM]))
            .map_err(|error| format!("the {WASM} target: rustup target add {WASM} ({error})"))?;
    }
    // To build the standard library along with the module (build.rs).
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
    // The fonts: without them Chinese is empty boxes, and every width that a test measures is wrong.
    let by_hand = "Chromium: apt-get install chromium fonts-noto-cjk (as root), or set CHROME to the program's path";
    apt(&["chromium", "fonts-noto-cjk"]).map_err(|error| format!("{by_hand} ({error})"))?;
    present().ok_or_else(|| by_hand.to_owned())
}

/// What the tests in three engines start: the variable under which they are told a program's path, the program, and
/// Debian's package that holds it.
const DRIVEN: [(&str, &str, &str); 6] = [
    ("CHROME", "chromium", "chromium"),
    ("CHROMEDRIVER", "chromedriver", "chromium-driver"),
    ("FIREFOX", "firefox-esr", "firefox-esr"),
    ("WEBKITDRIVER", "WebKitWebDriver", "webkit2gtk-driver"),
    ("MINIBROWSER", MINIBROWSER, "webkit2gtk-driver"),
    ("XVFB", "Xvfb", "xvfb"),
];

/// The small browser that the third driver starts; it stands in no folder of the PATH.
const MINIBROWSER: &str = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

/// Chinese in any of the three.
const FONT: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

/// Makes sure of the three engines and their drivers; each as the variable that tells the tests where it is.
pub fn browsers() -> Outcome<Vec<(&'static str, PathBuf)>> {
    let given = |variable: &str| std::env::var_os(variable).filter(|path| !path.is_empty()).map(PathBuf::from);
    let place = |(variable, program, _): &(&str, &str, &str)| given(variable).or_else(|| find(program));
    let mut packages: Vec<&str> = DRIVEN.iter().filter(|row| place(row).is_none()).map(|row| row.2).collect();
    packages.dedup();
    if !Path::new(FONT).is_file() {
        packages.push("fonts-noto-cjk");
    }
    if !packages.is_empty() {
        apt(&packages).map_err(|error| format!("browsers: apt-get install {} ({error})", packages.join(" ")))?;
    }
    if given("GECKODRIVER").is_none() {
        // Debian has no package of it. Built without optimisation: it passes messages on, and 74 s are enough.
        cargo_program("geckodriver", "geckodriver@0.37.1", &["--debug"])?;
    }
    let found = DRIVEN.iter().map(|row| (row.0, row.1, place(row)));
    let gecko = ("GECKODRIVER", "geckodriver", given("GECKODRIVER").or_else(|| find_installed("geckodriver")));
    found
        .chain([gecko])
        .map(|(variable, program, path)| Ok((variable, path.ok_or_else(|| format!("{program} is not to be found"))?)))
        .collect()
}

/// Installs packages on Debian where we are root.
fn apt(packages: &[&str]) -> Outcome {
    let root_here = read(&mut command("id", ["-u"])).is_ok_and(|id| id.trim() == "0");
    if !root_here || !Path::new("/etc/debian_version").exists() || find("apt-get").is_none() {
        return Err("this is no Debian, or we are not root".to_owned());
    }
    let apt = |args: &[&str]| {
        eprintln!("apt-get {}", args.join(" "));
        read(command("apt-get", args).env("DEBIAN_FRONTEND", "noninteractive")).map(drop)
    };
    apt(&["update", "-qq"])?;
    apt(&[&["install", "-yqq", "--no-install-recommends"], packages].concat())
}

/// A program of crates.io, built from its own lock file where it is not there.
fn cargo_program(name: &str, package: &str, flags: &[&str]) -> Outcome {
    if find_installed(name).is_some() {
        return Ok(());
    }
    let mut install = command("cargo", ["install", "--locked"]);
    run(install.args(flags).arg(package).env("CARGO_PROFILE_DEV_DEBUG", "0"))
        .map_err(|error| format!("{name}: cargo install --locked {package} ({error})"))
}

/// A program on the PATH or where `cargo install` puts it.
fn find_installed(name: &str) -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    find(name).or_else(|| find(home?.join("bin").join(name).to_str()?))
}

fn python() -> Outcome {
    if find("python3").is_some() {
        return Ok(());
    }
    apt(&["python3", "python3-venv"])
        .map_err(|error| format!("Python 3: apt-get install python3 python3-venv ({error})"))
}

fn office() -> Outcome {
    if find("soffice").is_some() {
        return Ok(());
    }
    apt(&["libreoffice-calc-nogui"])
        .map_err(|error| format!("LibreOffice Calc: apt-get install libreoffice-calc-nogui ({error})"))
}

/// What the example for Spark imports; pandas and pyarrow are what Spark hands rows over with.
const SPARK: [&str; 3] = ["pyspark==3.5.8", "pandas==2.3.3", "pyarrow==21.0.0"];

/// The Python of an environment that has [`SPARK`], made under target/.
pub fn spark() -> Outcome<PathBuf> {
    python()?;
    if find("java").is_none() {
        apt(&["default-jre-headless"])
            .map_err(|error| format!("Java: apt-get install default-jre-headless ({error})"))?;
    }
    let folder = target().join("spark");
    let python = folder.join("bin/python");
    if !python.is_file() {
        run(command("python3", ["-m", "venv"]).arg(&folder))
            .map_err(|error| format!("a Python environment: apt-get install python3-venv ({error})"))?;
    }
    if read(&mut command(&python, ["-c", "import pyspark, pandas, pyarrow"])).is_err() {
        run(command(&python, ["-m", "pip", "install", "--quiet"]).args(SPARK))
            .map_err(|error| format!("Spark: pip install {} ({error})", SPARK.join(" ")))?;
    }
    Ok(python)
}

fn fuzz() -> Outcome {
    if read(&mut command("rustup", ["run", "nightly", "cargo", "--version"])).is_err() {
        run(&mut command("rustup", ["toolchain", "install", "nightly", "--profile", "minimal"]))
            .map_err(|error| format!("a nightly compiler: rustup toolchain install nightly ({error})"))?;
    }
    cargo_program("cargo-fuzz", "cargo-fuzz", &[])
}
