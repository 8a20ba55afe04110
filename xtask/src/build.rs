//! The crate → pkg/: the module and its JavaScript; tools/package.mjs puts what www/ and data/ hold beside them, ready for
//! a browser and for npm.

use std::fs;

use crate::names;
use crate::process::{Outcome, command, root, run, target};

/// Builds pkg/.
pub fn build() -> Outcome {
    same_bindgen(&fs::read_to_string(root().join("Cargo.lock")).map_err(|error| format!("Cargo.lock: {error}"))?)?;
    run(&mut module())?;
    // opt-level 0: this runs for a second, so building it fast is what counts.
    let module = target().join("page/wasm32-unknown-unknown/release/policy_reader.wasm");
    run(command("cargo", ["run", "--quiet", "--profile", "tools", "--package", "bindgen", "--"])
        .args(["--target", "web", "--remove-name-section", "--remove-producers-section", "--out-dir", "pkg"])
        .arg(module))?;
    let pkg = root().join("pkg");
    names::shorten(&pkg.join("policy_reader_bg.wasm"), &pkg.join("policy_reader.js"))?;
    // No wasm-opt: on a module of 258 457 bytes it saves 1.8 of 78.6 kB after Brotli (-Oz 76 876, -O3 76 801 of 78 627
    // bytes), for 8 s a build and 104 MB of npm's binaryen 132.
    run(&mut command("node", ["tools/package.mjs"]))
}

/// The command that builds the module, for size: the standard library is built along, with its small algorithms and
/// without a word on panics, which nothing in a page would read. Against the shipped library this saves a tenth of the
/// page (Brotli, opt-level z: 241 to 217 kB in November 2026), and the short table of `slim`, which compiles in rustc's
/// place, another 14 kB. `RUSTC_BOOTSTRAP` lets the stable compiler take the flags.
fn module() -> std::process::Command {
    let mut cargo = command(
        "cargo",
        ["build", "--release", "--target", "wasm32-unknown-unknown", "--lib", "--no-default-features", "--target-dir"],
    );
    cargo.arg(target().join("page"));
    cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
    cargo.env("RUSTC_WRAPPER", std::env::current_exe().unwrap_or_default());
    cargo.env("RUSTC_BOOTSTRAP", "1").env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "z");
    cargo.env("RUSTFLAGS", "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none");
    cargo
}

/// The module's `wasm-bindgen` and the program that cuts its JavaScript must be of one version.
fn same_bindgen(lock: &str) -> Outcome {
    let (module, program) = (locked(lock, "wasm-bindgen"), locked(lock, "wasm-bindgen-cli"));
    if module.is_some() && module == program {
        return Ok(());
    }
    Err(format!(
        "wasm-bindgen is {} but wasm-bindgen-cli is {}: set both to one version in Cargo.toml and tools/bindgen/Cargo.toml",
        module.unwrap_or("absent"),
        program.unwrap_or("absent"),
    ))
}

/// The version of a package in a Cargo.lock.
fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(module: &str, program: &str) -> String {
        let entry = |name: &str, version: &str| format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n");
        entry("wasm-bindgen", module) + &entry("wasm-bindgen-cli", program)
    }

    #[test]
    fn one_version_of_bindgen() {
        assert_eq!(same_bindgen(&lock("0.2.130", "0.2.130")), Ok(()));
        assert!(same_bindgen(&lock("0.2.130", "0.2.131")).unwrap_err().contains("0.2.131"));
        assert!(same_bindgen("").unwrap_err().contains("absent"));
    }
}
