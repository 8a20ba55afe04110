//! Arguments → wasm-bindgen's own programs: `bindgen` cuts the JavaScript for a module, and called under the name
//! `CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER` expects (first argument `test-runner`) it runs wasm-bindgen tests.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args = std::env::args_os();
    let program = args.next();
    let mut rest = args.peekable();
    let testing = rest.next_if(|first| first == "test-runner").is_some();
    let args = program.into_iter().chain(rest);
    let outcome = if testing {
        wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(args)
    } else {
        wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(args)
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The error type belongs to a crate that this one does not name; its alternate form holds the whole chain.
            eprintln!("bindgen: {error:#}");
            ExitCode::FAILURE
        }
    }
}
