//! The command line: a policy's file → its analysis as JSON, its card, its labels, or the inside of a stage.

mod batch;
mod check;
mod encoding;
mod linked;
mod practices;
mod render;

use batch::Batch;
use lexopt::prelude::{Long, Short, Value, ValueExt};
use policy_reader::labels::{self, Line};
use policy_reader::lexicon::messages::{Messages, messages};
use policy_reader::lists::{self, List};
use policy_reader::plain::plain;
use policy_reader::view::View;
use policy_reader::{Analysis, Format, Options, analyze};
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
policy-reader: makes a privacy policy readable

  policy-reader analyze [--format json] FILE    the whole analysis (README, \"The JSON\")
  policy-reader analyze --format json-ld [--base URL] FILE
                                                practices in the W3C Data Privacy Vocabulary, with their clauses
  policy-reader analyze --ndjson [FILE ...]     many policies, a line of JSON each; without files, from standard input:
                                                {\"id\": …, \"text\" | \"markdown\" | \"html\": …} a line
  policy-reader classify FILE                   topics and importance of each line, one JSON object a line
  policy-reader plain FILE                      each line, one sentence, in plain and fewer words
  policy-reader card FILE                       the card, a line each, with its sections
  policy-reader outline FILE                    the outline, indented
  policy-reader pack [--linked] [--script KIT] FILE [-o PAGE]
                                                one static page: text, card, outline, marks, lists and checklist; with its
                                                practices as JSON-LD, or with KIT (policy-reader.standalone.js), which
                                                takes the page over
  policy-reader render --format F FILE          the reader as html, the text as markdown, the analysis as json, or the
                                                nodes of a mini program's rich text (rich-text)
  policy-reader lists [--list L] [--format F] FILE
                                                what is collected, who gets it and which permissions are asked for;
                                                L = collected, recipients or permissions, F = json, csv or markdown
  policy-reader check [--format sarif] FILE     faults of the text's form that its author should mend; status 1 if any
  policy-reader practices --lines FILE          spans of each line by their role in a practice, one JSON object a line
  policy-reader inspect --stage S FILE          what a stage found: blocks, outline, clauses, labels, practices, annotations,
                                                facts, map

  FILE        a text, Markdown or HTML file; `-` reads standard input
  --as F      read it as markdown, html or plain instead of recognising it
  --fields F  with --ndjson: only these keys of the analysis, parted by commas (facts.controller,summary)
  --unordered with --ndjson: as they are done, not as they came
  --jobs N    with --ndjson: threads (as many as there are cores)
  --practices with analyze: also who does what with which information
  --no-topics without topics and importance of clauses, which cost a tenth of the time
  --lang L    language of the card: zh-Hans, zh-Hant or en; by default the policy's own
";

fn main() -> ExitCode {
    let arguments = match arguments() {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(error) => return fail(&format!("{error}\n\n{USAGE}")),
    };
    if let Some(batch) = &arguments.batch {
        return match batch::run(batch, std::io::BufReader::new(std::io::stdin()), std::io::stdout().lock()) {
            // One policy that cannot be read does not stop the others, but is told at the end.
            Ok(outcome) if outcome.failed > 0 => {
                let (failed, policies) = (outcome.failed, outcome.policies);
                eprintln!("policy-reader: {failed} of {policies} policies could not be read: see their \"error\"");
                ExitCode::FAILURE
            }
            Ok(_) => ExitCode::SUCCESS,
            // A reader that stops listening (`| head`) is no error.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => fail(&error.to_string()),
        };
    }
    let result =
        if arguments.command == "check" { check(&arguments) } else { run(&arguments).map(|text| (text, false)) };
    match result {
        Ok((text, faulty)) => {
            // A reader that stops listening (`| head`) is no error.
            let _ = std::io::stdout().write_all(text.as_bytes());
            if faulty { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
        Err(message) => fail(&message),
    }
}

fn fail(message: &str) -> ExitCode {
    eprintln!("policy-reader: {message}");
    ExitCode::from(2)
}

struct Arguments {
    batch: Option<Batch>,
    command: String,
    stage: String,
    /// What is printed; `""` for what the command prints by itself.
    format: String,
    /// Where a page is written to, instead of being printed.
    output: Option<PathBuf>,
    /// The one list that is asked for.
    list: String,
    file: PathBuf,
    options: Options,
    practices: bool,
    /// The address of the page that holds the clauses.
    base: String,
    /// A page tells its practices to programs, too.
    linked: bool,
    /// The script that takes a page over.
    script: Option<PathBuf>,
}

fn arguments() -> Result<Option<Arguments>, lexopt::Error> {
    let mut parser = lexopt::Parser::from_env();
    let mut values: Vec<String> = Vec::new();
    let (mut stage, mut format, mut list) = (String::from("outline"), String::new(), String::new());
    let mut options = Options::default();
    let (mut practices, mut linked) = (false, false);
    let (mut output, mut script, mut base) = (None, None, String::new());
    let (mut ndjson, mut ordered, mut jobs, mut fields) = (false, true, batch::cores(), Vec::new());
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(None),
            Long("format") => format = parser.value()?.string()?,
            Long("output") | Short('o') => output = Some(PathBuf::from(parser.value()?)),
            Long("list") => list = parser.value()?.string()?,
            Long("ndjson") => ndjson = true,
            Long("unordered") => ordered = false,
            Long("jobs") => jobs = parser.value()?.parse()?,
            Long("fields") => fields.extend(parser.value()?.string()?.split(',').map(str::to_owned)),
            Long("no-topics") => options.no_topics = true,
            Long("practices") => practices = true,
            Long("linked") => linked = true,
            Long("script") => script = Some(PathBuf::from(parser.value()?)),
            Long("base") => base = parser.value()?.string()?,
            // The one form of the command `practices`.
            Long("lines") => {}
            Long("stage") => stage = parser.value()?.string()?,
            Long("lang") => options.lang = parser.value()?.string()?,
            Long("as") => {
                options.format = Some(match parser.value()?.string()?.as_str() {
                    "markdown" => Format::Markdown,
                    "html" => Format::Html,
                    "plain" => Format::Plain,
                    other => return Err(format!("--as {other}: markdown, html or plain").into()),
                });
            }
            Value(value) => values.push(value.string()?),
            _ => return Err(argument.unexpected()),
        }
    }
    let mut values = values.into_iter();
    let Some(command) = values.next() else { return Ok(None) };
    let known = formats(&command);
    if !format.is_empty() && !known.contains(&format.as_str()) {
        return Err(format!("{command} --format {format}: {}", known.join(", ")).into());
    }
    if ndjson && command == "analyze" {
        let files = values.filter(|v| v != "-").map(PathBuf::from).collect();
        let practices = practices || fields.iter().any(|field| field == "practices");
        let batch = Batch { files, fields, ordered, jobs, practices, options: options.clone() };
        return Ok(Some(Arguments {
            batch: Some(batch),
            command,
            stage,
            format,
            output,
            list,
            file: PathBuf::new(),
            options,
            practices,
            base,
            linked,
            script,
        }));
    }
    let Some(file) = values.next() else { return Ok(None) };
    let file = file.into();
    Ok(Some(Arguments {
        batch: None,
        command,
        stage,
        format,
        output,
        list,
        file,
        options,
        practices,
        base,
        linked,
        script,
    }))
}

/// What `--format` may say with a command.
fn formats(command: &str) -> &'static [&'static str] {
    match command {
        "analyze" => &["json", "json-ld"],
        "check" => &["plain", "sarif"],
        "lists" => &["json", "csv", "markdown"],
        "render" => &["html", "markdown", "json", "rich-text"],
        _ => &[],
    }
}

fn run(arguments: &Arguments) -> Result<String, String> {
    let source = read(&arguments.file)?;
    let analysis = || analyze(&source, &arguments.options);
    match arguments.command.as_str() {
        "analyze" if arguments.format == "json-ld" => {
            Ok(linked::graph(&analysis(), &arguments.base).to_string() + "\n")
        }
        "analyze" if arguments.practices => practices::json(&analysis()).map_err(|e| e.to_string()),
        "practices" => Ok(source.lines().fold(String::new(), |out, line| out + &practices::roles(line) + "\n")),
        "analyze" => Ok(analysis().view().json() + "\n"),
        "classify" => Ok(classify(&source)),
        "plain" => Ok(source.lines().fold(String::new(), |out, line| out + &plain(line) + "\n")),
        "card" => Ok(card(&analysis().view())),
        "outline" => Ok(outline(&analysis().view())),
        "pack" => {
            let analysis = analysis();
            let view = analysis.view();
            let linked = arguments.linked.then(|| linked::graph(&analysis, &arguments.base).to_string());
            let script = arguments.script.as_deref().map(read).transpose()?;
            let extras = render::Extras { linked, script, source: &source };
            written(arguments, render::page(&view, &wanted(arguments, &view), &extras))
        }
        "render" => {
            let view = analysis().view();
            let messages = wanted(arguments, &view);
            match arguments.format.as_str() {
                "markdown" => Ok(policy_reader::keep::markdown(&view)),
                "json" => serde_json::to_string(&view).map(|json| json + "\n").map_err(|e| e.to_string()),
                "rich-text" => Ok(render::rich_text(&view, &messages).to_string() + "\n"),
                _ => Ok(render::fragment(&view, &messages)),
            }
        }
        "lists" => lists(arguments, &analysis().view()),
        "inspect" => inspect(&arguments.stage, &analysis()),
        other => Err(format!("no command {other}\n\n{USAGE}")),
    }
}

/// The words for people, in the language that is asked for or in the policy's own.
fn wanted(arguments: &Arguments, view: &View) -> Messages {
    let lang = arguments.options.lang.as_str();
    messages(if lang.is_empty() { view.meta.language } else { lang })
}

/// Writes to the file that is named, or hands the text on to be printed.
fn written(arguments: &Arguments, text: String) -> Result<String, String> {
    let Some(file) = &arguments.output else { return Ok(text) };
    std::fs::write(file, text).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok(String::new())
}

/// The lists as they are asked for; CSV holds one table, so that one list must be named.
fn lists(arguments: &Arguments, view: &View) -> Result<String, String> {
    let Arguments { list, format, .. } = arguments;
    let kinds: Vec<&str> = lists::KINDS.into_iter().filter(|kind| list.is_empty() || kind == list).collect();
    if kinds.is_empty() {
        return Err(format!("--list {list}: {}", lists::KINDS.join(", ")));
    }
    let messages = wanted(arguments, view);
    let lists: Vec<List> = kinds.into_iter().map(|kind| lists::list(view, &messages, kind)).collect();
    match (format.as_str(), lists.as_slice()) {
        ("csv", [list]) => Ok(list.csv(&messages)),
        ("csv", _) => Err(format!("--format csv needs --list: {}", lists::KINDS.join(", "))),
        ("markdown", lists) => Ok(lists.iter().map(|list| list.markdown(&messages)).collect::<Vec<_>>().join("\n")),
        _ => Ok(format!("[{}]\n", lists.iter().map(List::json).collect::<Vec<_>>().join(","))),
    }
}

/// A list as data: each row an object of cells by column, with its evidence.
/// The faults of a policy's text, and whether there are any.
fn check(arguments: &Arguments) -> Result<(String, bool), String> {
    let source = read(&arguments.file)?;
    let findings = check::find(&source, &analyze(&source, &arguments.options));
    let file = arguments.file.display().to_string();
    let text = if arguments.format == "sarif" {
        check::sarif(&file, &source, &findings).to_string() + "\n"
    } else {
        check::plain(&file, &source, &findings)
    };
    Ok((text, !findings.is_empty()))
}

fn read(file: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().read_to_end(&mut bytes).map_err(|e| format!("standard input: {e}"))?;
    } else {
        bytes = std::fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
    }
    Ok(encoding::decode(&bytes))
}

fn card(view: &View) -> String {
    let place = |clause: &String| {
        let section = view.clauses.iter().find(|c| c.id == *clause).map_or("", |c| c.section.as_str());
        view.sections
            .iter()
            .find(|s| s.id == section)
            .map(|s| if s.number.is_empty() { s.title.clone() } else { s.number.clone() })
            .unwrap_or_default()
    };
    let mut out = format!("{}\n", view.meta.title);
    for line in &view.summary {
        let mut places: Vec<String> = line.evidence.iter().map(place).filter(|p| !p.is_empty()).collect();
        places.dedup();
        let _ = writeln!(
            out,
            "{:12} {}{}",
            line.slot,
            line.text,
            if places.is_empty() { String::new() } else { format!("  § {}", places.join(" ")) }
        );
    }
    for point in &view.attention {
        let _ = writeln!(
            out,
            "{:12} {}  § {}",
            "!",
            point.text,
            point.evidence.iter().map(place).collect::<Vec<_>>().join(" ")
        );
    }
    out
}

fn outline(view: &View) -> String {
    let mut out = String::new();
    for section in &view.sections {
        let indent = "  ".repeat((section.level as usize).saturating_sub(1));
        let title = if section.implicit { "…" } else { &section.title };
        let _ = writeln!(out, "{indent}{}{title}", section.mark);
    }
    out
}

fn inspect(stage: &str, analysis: &Analysis) -> Result<String, String> {
    let text = &analysis.document.text;
    let mut out = String::new();
    match stage {
        "blocks" => {
            let _ = writeln!(out, "shape {}", analysis.document.shape.as_str());
            for (block, role) in analysis.document.blocks.iter().zip(&analysis.outline.roles) {
                let _ = writeln!(out, "{:?} {role:?} {}", block.kind, text.slice(block.span));
            }
        }
        "outline" => out = outline(&analysis.view()),
        "clauses" => {
            for (i, clause) in analysis.clauses.iter().enumerate() {
                let _ = writeln!(
                    out,
                    "c{i} s{} {:?} lead {:?}: {}",
                    clause.section(),
                    clause.kind,
                    clause.lead(),
                    text.slice(clause.span)
                );
            }
        }
        "labels" => out = weights(analysis),
        "annotations" => out = explain(analysis),
        "practices" => out = practices::inspect(analysis),
        "facts" => {
            let _ = writeln!(out, "{:#?}", analysis.facts);
        }
        "map" => {
            for (source, characters) in text.pieces() {
                let _ = writeln!(out, "{}..{} {characters:?}", source.start, source.end);
            }
        }
        other => {
            return Err(format!(
                "no stage {other}: blocks, outline, clauses, labels, practices, annotations, facts, map"
            ));
        }
    }
    Ok(out)
}

/// One JSON object a line of the source, blank lines included.
fn classify(source: &str) -> String {
    let mut out = String::new();
    for label in labels::classify_lines(source) {
        let topics: Vec<&str> = label.names().collect();
        let _ = writeln!(out, "{}", serde_json::json!({ "topics": topics, "important": label.important }));
    }
    out
}

/// For each clause its labels and the n-grams that weigh most.
fn weights(analysis: &Analysis) -> String {
    let text = &analysis.document.text;
    let lines: Vec<Line<'_>> =
        analysis.clauses.iter().map(|c| Line { text: text.slice(c.span), heading: false }).collect();
    let mut out = String::new();
    for (i, (line, label)) in lines.iter().zip(&analysis.labels).enumerate() {
        let topics: Vec<&str> = label.names().collect();
        let _ = writeln!(
            out,
            "c{i} [{}] important {} ({:+.2}) {}",
            topics.join(" "),
            label.important,
            label.score,
            line.text
        );
        for (reason, weight) in labels::explain(&lines, i) {
            if topics.iter().chain(&["important"]).any(|t| reason.starts_with(t)) {
                let _ = writeln!(out, "    {weight:+.2} {reason}");
            }
        }
    }
    out
}

/// For each clause with marks: the clause, then why each mark is there.
fn explain(analysis: &Analysis) -> String {
    let Analysis { document, outline, clauses, practices, .. } = analysis;
    let places = policy_reader::annotations::Places::new(document, outline, clauses, practices);
    let mut out = String::new();
    for (i, place) in (0..).map_while(|i| places.get(i)).enumerate() {
        let why = policy_reader::annotations::explain(&place);
        if !why.is_empty() {
            let _ = writeln!(out, "c{i} {}", place.text);
            for line in why {
                let _ = writeln!(out, "    {line}");
            }
        }
    }
    for point in &analysis.points {
        let _ = writeln!(
            out,
            "{} {}: {} {:?}",
            if point.good { "good" } else { "attention" },
            point.rule,
            point.text,
            point.clauses
        );
    }
    out
}
