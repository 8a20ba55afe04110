//! The crate → pkg/: the module and its JavaScript; tools/package.mjs puts what www/ and data/ hold beside them, ready for
//! a browser and for npm.

use std::fs;

use crate::install::{Need, WASM, all};
use crate::process::{Outcome, command, root, run, target};

/// Builds pkg/.
pub fn build() -> Outcome {
    all(&[Need::Toolchain, Need::Node])?;
    same_bindgen(&fs::read_to_string(root().join("Cargo.lock")).map_err(|error| format!("Cargo.lock: {error}"))?)?;
    for (features, name) in MODULES {
        run(&mut module(features))?;
        // opt-level 0: this runs for a second, so building it fast is what counts.
        let module = target().join("page").join(WASM).join("page/policy_reader.wasm");
        run(command("cargo", ["run", "--quiet", "--profile", "tools", "--package", "bindgen", "--"])
            .args(["--target", "web", "--remove-name-section", "--remove-producers-section"])
            .args(["--out-dir", "pkg", "--out-name", name])
            .arg(module))?;
    }
    // No wasm-opt: on a module of 258 457 bytes it saves 1.8 of 78.6 kB after Brotli (-Oz 76 876, -O3 76 801 of 78 627
    // bytes), for 8 s a build and 104 MB of npm's binaryen 132.
    run(&mut command("node", ["tools/package.mjs"]))
}

/// What a page loads at first, and what it loads when somebody opens a list: the features and the name in pkg/ of each.
const MODULES: [(&str, &str); 2] = [("", "policy_reader"), ("lists", "policy_lists")];

/// The command that builds a module, by the profile `page` of Cargo.toml.
///
/// The standard library is built along, with its small algorithms and without a word on panics, which nothing in a page
/// would read: 20 of 270 kB after Brotli (November 2026). Its flags are unstable, so the compiler of rust-toolchain.toml,
/// which is pinned for this, is told by `RUSTC_BOOTSTRAP` to take them; this is the only place that does.
fn module(features: &str) -> std::process::Command {
    let mut cargo =
        command("cargo", ["build", "--profile", "page", "--target", WASM, "--lib", "--no-default-features"]);
    cargo.args(["--features", features]).arg("--target-dir").arg(target().join("page"));
    cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
    cargo.env("RUSTC_BOOTSTRAP", "1");
    // Functions are written into their callers where that is nearly free: opt-level 3 is a tenth faster for 29 kB more.
    cargo.env(
        "RUSTFLAGS",
        "-Cllvm-args=--inline-threshold=30 \
         -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none",
    );
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

    #[test]
    fn every_crate_in_the_module_is_in_the_notice() {
        let notice = fs::read_to_string(root().join("NOTICE")).unwrap();
        let args = ["tree", "--target", WASM, "--edges", "normal,no-proc-macro", "--no-default-features"];
        let tree = crate::process::read(command("cargo", args).args(["--prefix", "none", "--format", "{p}"])).unwrap();
        let crates: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
        assert!(crates.contains(&"pulldown-cmark"), "{tree}");
        let words: Vec<&str> = notice.split([' ', ',', '\n']).collect();
        for name in crates.into_iter().filter(|name| !name.is_empty()) {
            assert!(words.contains(&name), "NOTICE does not name {name}");
        }
    }

    #[test]
    fn the_package_holds_its_terms() {
        let package = fs::read_to_string(root().join("pkg/package.json")).unwrap();
        for terms in ["LICENSE-MIT", "LICENSE-APACHE", "NOTICE"] {
            assert!(root().join(terms).is_file(), "{terms}");
            assert!(package.contains(&format!("\"{terms}\"")), "{terms}");
        }
    }

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
