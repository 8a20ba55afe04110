//! Practices → what the command line prints of them: JSON, a line each, spans by role.

use policy_reader::Analysis;
use policy_reader::practices::{self, Practice};
use policy_reader::text::Span;

/// The view with its practices.
pub fn json(analysis: &Analysis) -> serde_json::Result<String> {
    let mut view = serde_json::to_value(analysis.view())?;
    let all = analysis.practices.iter().map(|p| practice(analysis, p)).collect();
    view["practices"] = serde_json::Value::Array(all);
    Ok(view.to_string() + "\n")
}

/// One line a practice.
pub fn inspect(analysis: &Analysis) -> String {
    let text = &analysis.document.text;
    analysis.practices.iter().fold(String::new(), |out, p| out + &said(p, &|span| text.slice(span)) + "\n")
}

/// A practice as output.md has it; offsets are UTF-16 of the clause.
fn practice(analysis: &Analysis, p: &Practice) -> serde_json::Value {
    let text = &analysis.document.text;
    let base = analysis.clauses.get(p.clause).map_or(0, |c| c.span.start());
    let clause = analysis.clauses.get(p.clause).map_or("", |c| text.slice(c.span));
    let wide = |at: usize| units(clause, at.saturating_sub(base));
    let words = |spans: &[Span]| spans.iter().map(|s| text.slice(*s)).collect::<Vec<_>>();
    let objects: Vec<_> = p
        .objects
        .iter()
        .map(|o| {
            let (start, end) = (wide(o.span.start()), wide(o.span.end()));
            serde_json::json!({ "text": text.slice(o.span), "category": o.key, "generic": o.generic, "start": start, "end": end })
        })
        .collect();
    let recipients: Vec<_> =
        p.recipients.iter().map(|r| serde_json::json!({ "text": text.slice(r.span), "kind": r.kind })).collect();
    serde_json::json!({
        "clause": format!("c{}", p.clause), "actor": p.actor.as_str(), "action": p.action.as_str(), "mode": p.mode.as_str(),
        "now": p.now, "objects": objects, "recipients": recipients, "purposes": words(&p.purposes),
        "conditions": words(&p.conditions), "place": p.place.map(|s| text.slice(s)),
        "period": p.period.map(|s| text.slice(s)), "way": p.way.map(|s| text.slice(s)),
    })
}

/// UTF-16 code units before a byte.
fn units(text: &str, byte: usize) -> usize {
    text.get(..byte).unwrap_or(text).encode_utf16().count()
}

fn said<'t>(p: &Practice, slice: &dyn Fn(Span) -> &'t str) -> String {
    let list = |name: &str, words: Vec<&str>| {
        if words.is_empty() { String::new() } else { format!(" | {name} {}", words.join("; ")) }
    };
    let objects = p.objects.iter().map(|o| slice(o.span)).collect();
    let recipients: Vec<String> =
        p.recipients.iter().map(|r| format!("{}[{}]", slice(r.span), r.kind.unwrap_or(""))).collect();
    let spans = |spans: &[Span]| spans.iter().map(|s| slice(*s)).collect();
    format!(
        "c{} {} {} {}{} ({}) {:?}{}{}{}{}",
        p.clause,
        p.actor.as_str(),
        p.action.as_str(),
        p.mode.as_str(),
        if p.now { " for now" } else { "" },
        slice(p.verb),
        p.sure,
        list("objects", objects),
        list("to", recipients.iter().map(String::as_str).collect()),
        list("for", spans(&p.purposes)),
        list("if", spans(&p.conditions)),
    )
}

/// A line's practices as spans by role, in UTF-16 code units.
pub fn roles(line: &str) -> String {
    // Units before each byte, so that a line of many spans is read once.
    let mut before = vec![0; line.len() + 1];
    let mut units = 0;
    for (at, c) in line.char_indices() {
        before[at] = units;
        units += c.len_utf16();
    }
    before[line.len()] = units;
    let wide = |s: &Span| [s.start(), s.end()].map(|at| before.get(at).copied().unwrap_or(units));
    let spans: serde_json::Map<_, _> = practices::spans::spans(line)
        .into_iter()
        .map(|(role, spans)| (role.into(), serde_json::json!(spans.iter().map(wide).collect::<Vec<_>>())))
        .collect();
    serde_json::json!({ "spans": spans }).to_string()
}
