//! Practices → JSON-LD in the W3C Data Privacy Vocabulary (DPV 2, <https://w3id.org/dpv>), each with the clauses it rests on.
//!
//! A practice is a `dpv:Process`: who (`hasDataController`), does what (`hasProcessing`), with what (`hasPersonalData`), to
//! whom (`hasRecipient`), what for (`hasPurpose`). What the policy says it does not do is no process and stays out. Words
//! of the policy are labels of nodes typed by the vocabulary's broad terms, never made up as concepts of it.

use policy_reader::Analysis;
use policy_reader::practices::{Action, Actor, Mode, Practice};
use serde_json::{Map, Value, json};

/// What the vocabulary calls an action; `None` for what is no processing of information in it.
fn processing(action: Action) -> Option<&'static str> {
    Some(match action {
        Action::Collect => "dpv:Collect",
        Action::Use => "dpv:Use",
        Action::Share | Action::Entrust => "dpv:Share",
        Action::Transfer => "dpv:Transfer",
        Action::Publish => "dpv:Disclose",
        Action::Store => "dpv:Store",
        Action::SendAbroad => "dpv:Transfer",
        Action::Delete => "dpv:Erase",
        Action::Protect | Action::AskPermission | Action::May | Action::Reply | Action::Notify => return None,
    })
}

/// All practices of a policy, for an address that its clauses are fragments of (`""`: the page that holds them).
pub fn graph(analysis: &Analysis, base: &str) -> Value {
    let view = analysis.view();
    let controller = view
        .facts
        .controller
        .as_ref()
        .map(|who| json!({ "@id": "_:controller", "@type": "dpv:DataController", "dpv:hasName": who.value }));
    let known = controller.is_some();
    let told = |p: &&Practice| {
        let speaks = matches!(p.actor, Actor::We | Actor::Third);
        speaks && matches!(p.mode, Mode::Does | Mode::OnlyIf | Mode::Might)
    };
    let processes = analysis.practices.iter().filter(told).filter_map(|p| process(analysis, p, base, known));
    let notice = json!({
        "@id": if base.is_empty() { "#" } else { base },
        "@type": "dpv:PrivacyNotice",
        "dct:title": view.meta.title,
        "dct:language": view.meta.language,
        "dct:modified": view.facts.dates.updated.as_ref().map(|date| date.value.clone()),
    });
    let graph: Vec<Value> = std::iter::once(notice).chain(controller).chain(processes).map(without_nothing).collect();
    json!({
        "@context": { "dpv": "https://w3id.org/dpv#", "dct": "http://purl.org/dc/terms/", "rdfs": "http://www.w3.org/2000/01/rdf-schema#" },
        "@graph": graph,
    })
}

fn process(analysis: &Analysis, p: &Practice, base: &str, known: bool) -> Option<Value> {
    let text = &analysis.document.text;
    let action = processing(p.action)?;
    let labelled = |kind: &str, words: &str| json!({ "@type": kind, "rdfs:label": words });
    let objects = p.objects.iter().filter(|o| !o.generic).map(|object| {
        let mut data = labelled("dpv:PersonalData", text.slice(object.span));
        data["dct:type"] = object.key.into();
        data
    });
    let recipients = p.recipients.iter().map(|recipient| {
        let mut who = labelled(
            if p.action == Action::Entrust { "dpv:DataProcessor" } else { "dpv:Recipient" },
            text.slice(recipient.span),
        );
        who["dct:type"] = recipient.kind.into();
        who
    });
    let purposes = p.purposes.iter().map(|purpose| labelled("dpv:Purpose", text.slice(*purpose)));
    let ours = p.actor == Actor::We && known;
    Some(json!({
        "@type": "dpv:Process",
        "dpv:hasDataController": ours.then(|| json!({ "@id": "_:controller" })),
        "dpv:hasProcessing": { "@id": action },
        "dpv:hasPersonalData": objects.collect::<Vec<_>>(),
        "dpv:hasRecipient": recipients.collect::<Vec<_>>(),
        "dpv:hasPurpose": purposes.collect::<Vec<_>>(),
        "dpv:hasLegalBasis": (p.mode == Mode::OnlyIf && !p.conditions.is_empty()).then(|| {
            p.conditions.iter().map(|words| labelled("dpv:LegalBasis", text.slice(*words))).collect::<Vec<_>>()
        }),
        "dct:source": { "@id": format!("{base}#c{}", p.clause) },
    }))
}

/// An object without what is not there.
fn without_nothing(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().map(|(name, value)| (name, without_nothing(value)));
            let said = |value: &Value| !value.is_null() && *value != json!([]) && *value != json!("");
            Value::Object(kept.filter(|(_, value)| said(value)).collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_nothing).collect()),
        other => other,
    }
}
