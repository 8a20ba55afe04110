//! `cargo xtask COMMAND` → the project's commands, each doing the same here and in CI.
//!
//! `main` turns arguments into a [`Command`]; the modules do the work, in the order of their dependence:
//! [`process`] runs programs, [`install`] sees to it that they are there, [`build`] makes what a browser loads, [`serve`]
//! hands it out, [`measure`] prints figures, [`mutants`] breaks the program to see which test notices, [`check`] is the
//! whole of CI.

mod build;
mod check;
mod install;
mod measure;
mod mutants;
mod process;
mod serve;

use std::ffi::OsString;
use std::process::ExitCode;

use lexopt::prelude::*;
use process::Outcome;

const HELP: &str = "\
cargo xtask COMMAND

  demo [--port N]              install what is missing, build, and serve the demo on 127.0.0.1
  serve [--port N] [--until-eof]  serve what is built; --until-eof stops when standard input closes
  test [--no-browser]          all checks and tests, as in CI
  build                        the module and its JavaScript, into pkg/
  size                         Brotli bytes of what the demo page loads, against the budget
  score [--capp|--shapes|--rewrite] [-- ARGS]  the corpus' own scorers; ARGS go to them
  inspect --stage S FILE       print any stage of any file
  bench [--native|--growth|--node|--page|--lighthouse]  throughput of the analysis, its time and memory at 1 and 10 MB, its
                               ratio to Markdown renderers in Node, how long it keeps a slow phone's page from answering,
                               what Lighthouse says of the demo
  fuzz [--seconds N] [TARGET]  coverage-guided fuzzing, each target for N seconds (60)
  mutants [--sample N] [--seed S] [PATHS]  break the program in N places (300), drawn by S (1), and tell what no test notices
  shots                        pictures of the demo into target/shots/
";

/// What was asked for.
enum Command {
    Help,
    Demo { port: Option<u16> },
    Serve { port: Option<u16>, until_eof: bool },
    Test { browser: bool },
    Build,
    Size,
    Score { tool: &'static str, pass: Vec<OsString> },
    Inspect { pass: Vec<OsString> },
    Bench { parts: [bool; 5] },
    Fuzz { seconds: u64, target: Option<String> },
    Mutants { sample: usize, seed: u64, paths: Vec<String> },
    Shots,
}

fn main() -> ExitCode {
    let outcome = match parse(lexopt::Parser::from_env()) {
        Ok(command) => perform(command),
        Err(error) => Err(format!("{error}\n\n{HELP}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Which benches are asked for: one, or all.
fn benches(args: &mut lexopt::Parser) -> Result<[bool; 5], lexopt::Error> {
    let mut parts = [true; 5];
    while let Some(arg) = args.next()? {
        let asked = match arg {
            Long("native") => 0,
            Long("growth") => 1,
            Long("node") => 2,
            Long("page") => 3,
            Long("lighthouse") => 4,
            other => return Err(other.unexpected()),
        };
        parts = std::array::from_fn(|part| part == asked);
    }
    Ok(parts)
}

fn perform(command: Command) -> Outcome {
    match command {
        Command::Help => {
            print!("{HELP}");
            Ok(())
        }
        Command::Demo { port } => {
            build::build()?;
            serve::serve(port, false)
        }
        Command::Serve { port, until_eof } => serve::serve(port, until_eof),
        Command::Test { browser } => check::check(browser),
        Command::Build => build::build(),
        Command::Size => measure::size(),
        Command::Score { tool, pass } => measure::score(tool, &pass),
        Command::Inspect { pass } => measure::inspect(&pass),
        Command::Bench { parts } => measure::bench(parts),
        Command::Fuzz { seconds, target } => measure::fuzz(seconds, target.as_deref()),
        Command::Mutants { sample, seed, paths } => mutants::mutants(sample, seed, &paths),
        Command::Shots => measure::shots(),
    }
}

fn parse(mut args: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let Some(first) = args.next()? else { return Ok(Command::Help) };
    let name = match first {
        Long("help") | Short('h') => return Ok(Command::Help),
        Value(name) => name.string()?,
        other => return Err(other.unexpected()),
    };
    let command = match name.as_str() {
        "help" => Command::Help,
        "demo" => {
            let mut port = None;
            while let Some(arg) = args.next()? {
                match arg {
                    Long("port") => port = Some(args.value()?.parse()?),
                    other => return Err(other.unexpected()),
                }
            }
            Command::Demo { port }
        }
        "serve" => {
            let (mut port, mut until_eof) = (None, false);
            while let Some(arg) = args.next()? {
                match arg {
                    Long("port") => port = Some(args.value()?.parse()?),
                    Long("until-eof") => until_eof = true,
                    other => return Err(other.unexpected()),
                }
            }
            Command::Serve { port, until_eof }
        }
        "test" => {
            let mut browser = true;
            while let Some(arg) = args.next()? {
                match arg {
                    Long("no-browser") => browser = false,
                    other => return Err(other.unexpected()),
                }
            }
            Command::Test { browser }
        }
        "build" => Command::Build,
        "size" => Command::Size,
        "score" => {
            let mut tool = "score.py";
            let mut pass = Vec::new();
            while let Some(arg) = args.next()? {
                match arg {
                    Long("capp") => tool = "capp.py",
                    Long("shapes") => tool = "shapes.py",
                    Long("rewrite") => tool = "rewrite.py",
                    Value(value) => pass.push(value),
                    other => return Err(other.unexpected()),
                }
            }
            Command::Score { tool, pass }
        }
        // The command line knows its own arguments.
        "inspect" => Command::Inspect { pass: args.raw_args()?.collect() },
        "bench" => Command::Bench { parts: benches(&mut args)? },
        "fuzz" => {
            let (mut seconds, mut target) = (60, None);
            while let Some(arg) = args.next()? {
                match arg {
                    Long("seconds") => seconds = args.value()?.parse()?,
                    Value(value) if target.is_none() => target = Some(value.string()?),
                    other => return Err(other.unexpected()),
                }
            }
            Command::Fuzz { seconds, target }
        }
        "mutants" => {
            let (mut sample, mut seed, mut paths) = (300, 1, Vec::new());
            while let Some(arg) = args.next()? {
                match arg {
                    Long("sample") => sample = args.value()?.parse()?,
                    Long("seed") => seed = args.value()?.parse()?,
                    Value(value) => paths.push(value.string()?),
                    other => return Err(other.unexpected()),
                }
            }
            Command::Mutants { sample, seed, paths }
        }
        "shots" => Command::Shots,
        other => return Err(format!("there is no command {other:?}").into()),
    };
    match args.next()? {
        Some(arg) => Err(arg.unexpected()),
        None => Ok(command),
    }
}
