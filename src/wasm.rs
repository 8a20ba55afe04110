//! The boundary to JavaScript: what the module exports, how a wrong option is reported.
//!
//! Strings cross it as UTF-8; a lone surrogate of a JavaScript string arrives as U+FFFD, as `TextEncoder` has it.

#![allow(clippy::needless_pass_by_value, reason = "an optional argument of JavaScript arrives as a value")]

use std::pin::Pin;

use wasm_bindgen::prelude::*;
use web_sys::js_sys::Function;

use crate::html::{Look, Open, Show};
use crate::lexicon::messages::{self, Messages};
use crate::view::View;
use crate::{Format, Options, dom, steps};

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

#[wasm_bindgen]
extern "C" {
    /// One text crosses the boundary quicker than thousands of fields.
    #[wasm_bindgen(js_namespace = JSON, catch)]
    fn parse(json: &str) -> Result<JsValue, JsValue>;
    /// The options object; every property may be missing.
    #[wasm_bindgen(typescript_type = "Options")]
    pub type JsOptions;
    #[wasm_bindgen(method, getter)]
    fn format(this: &JsOptions) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn lang(this: &JsOptions) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn view(this: &JsOptions) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn open(this: &JsOptions) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn href(this: &JsOptions) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn prefix(this: &JsOptions) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn compact(this: &JsOptions) -> Option<bool>;
    #[wasm_bindgen(method, getter)]
    fn standard(this: &JsOptions) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn tell(this: &JsOptions) -> Option<Function>;
}

/// Reads a policy and returns the analysis as plain data (README, "The JSON").
#[wasm_bindgen]
pub fn analyze(source: &str, options: Option<JsOptions>) -> Result<JsValue, JsError> {
    plain(&Wanted::read(options.as_ref())?.view(source).0)
}

/// The language, `zh-Hant` or `en`, whose labels the rest of the module would use for this source and does not hold; `""`
/// if it holds them.
#[wasm_bindgen]
pub fn lacking(source: &str, options: Option<JsOptions>) -> Result<String, JsError> {
    let options = Wanted::read(options.as_ref())?.options;
    if !options.lang.is_empty() {
        return Ok(messages::lacking(&options.lang).to_owned());
    }
    let document = crate::blocks::read(source, options.format);
    Ok(messages::lacking(crate::lexicon::script::language(&document.text)).to_owned())
}

/// Takes in the labels of a language that was lacking: the text of its file.
#[wasm_bindgen(js_name = addLabels)]
pub fn add_labels(lang: &str, text: String) {
    messages::add(lang, text);
}

/// Takes in what topics are told by, the bytes of `topics.bin`; the first stay. Whether these are sound.
#[wasm_bindgen(js_name = addTopics)]
#[must_use]
pub fn add_topics(bytes: &[u8]) -> bool {
    crate::labels::add(bytes)
}

/// Reads a policy and returns the card as static HTML, every text in it escaped.
#[wasm_bindgen(js_name = cardHtml)]
pub fn card_html(source: &str, options: Option<JsOptions>) -> Result<String, JsError> {
    let wanted = Wanted::read(options.as_ref())?;
    let (view, messages) = wanted.view(source);
    Ok(crate::html::card(&view, &messages, &wanted.look).markup())
}

/// Reads a policy and returns the reader as static HTML without controls, every text in it escaped.
#[wasm_bindgen(js_name = readerHtml)]
pub fn reader_html(source: &str, options: Option<JsOptions>) -> Result<String, JsError> {
    let wanted = Wanted::read(options.as_ref())?;
    let (view, messages) = wanted.view(source);
    Ok(crate::html::reader(&view, &messages, &wanted.look).markup())
}

/// A policy that is being read, a step at a time.
#[wasm_bindgen]
pub struct Reading {
    look: Look,
    tell: Option<Function>,
    work: Pin<Box<dyn Future<Output = (View, Messages)>>>,
    read: Option<(View, Messages)>,
}

#[wasm_bindgen]
impl Reading {
    /// Begins.
    #[wasm_bindgen(constructor)]
    pub fn new(source: String, options: Option<JsOptions>) -> Result<Self, JsError> {
        let Wanted { options, mut look, tell } = Wanted::read(options.as_ref())?;
        look.controls = look.show != Show::Card;
        let work = Box::pin(async move {
            let analysis = crate::analyze_in_steps(&source, &options).await;
            steps::pause().await;
            let view = crate::view::render(&analysis).await;
            let messages = labels(&view, &options);
            (view, messages)
        });
        Ok(Self { look, tell, work, read: None })
    }

    /// Does one step; false where it was the last one.
    #[must_use]
    pub fn step(&mut self) -> bool {
        if self.read.is_none() {
            self.read = steps::step(self.work.as_mut());
        }
        self.read.is_none()
    }

    /// Appends what was read to `root`: the reader, or the card where the options say so.
    pub fn mount(mut self, root: &web_sys::Node) -> Result<Handle, JsValue> {
        while self.step() {}
        let (view, messages) = self.read.unwrap_or_else(|| (View::default(), messages::messages("")));
        let order = crate::html::Order::of(&view);
        let source = dom::Source { view, messages, look: self.look, order, tell: self.tell };
        Ok(Handle { reader: dom::Reader::mount(root, source)? })
    }
}

/// A reader in a page. Freeing it takes its nodes and listeners away.
#[wasm_bindgen]
pub struct Handle {
    reader: dom::Reader,
}

#[wasm_bindgen]
impl Handle {
    /// The analysis as plain data, made anew at each call.
    pub fn analysis(&self) -> Result<JsValue, JsError> {
        plain(self.reader.view())
    }

    /// Why a source is no policy, a word of `PolicyError`'s codes; `""` for what may be one.
    #[must_use]
    pub fn unread(&self) -> String {
        self.reader.view().meta.no_policy().map_or_else(String::new, |why| why.code.to_owned())
    }

    /// The same as a sentence in the language of the labels.
    #[must_use]
    pub fn sentence(&self) -> String {
        self.reader.view().meta.no_policy().map_or_else(String::new, |why| why.text.clone())
    }

    /// How many sections there are.
    #[must_use]
    pub fn sections(&self) -> usize {
        self.reader.view().sections.len()
    }

    /// Opens, scrolls to, focuses and flashes a section or clause, by anchor or id; false if there is none.
    #[must_use]
    #[wasm_bindgen(js_name = goTo)]
    pub fn go_to(&self, id: &str) -> bool {
        self.reader.go_to(id)
    }

    /// Opens every section.
    #[wasm_bindgen(js_name = expandAll)]
    pub fn expand_all(&self) {
        self.reader.set_open(true);
    }

    /// Closes every section.
    #[wasm_bindgen(js_name = collapseAll)]
    pub fn collapse_all(&self) {
        self.reader.set_open(false);
    }

    /// Makes the next part that waits for time; false where none is left.
    #[must_use]
    pub fn fill(&self) -> bool {
        self.reader.fill()
    }

    /// Opens the sections that are named in a list of ids separated by spaces, and closes all others.
    pub fn open(&self, ids: &str) {
        self.reader.open_only(ids);
    }

    /// Shows the highlights that are named in a list separated by spaces, and no others.
    pub fn highlight(&self, kinds: &str) {
        self.reader.highlight(kinds);
    }

    /// Finds text in titles and clauses and returns how many places there are, going to the first if `go`; `""` ends the
    /// search.
    #[must_use]
    pub fn search(&self, text: &str, go: bool) -> usize {
        self.reader.search(text, go)
    }
}

struct Wanted {
    options: Options,
    look: Look,
    tell: Option<Function>,
}

impl Wanted {
    fn read(given: Option<&JsOptions>) -> Result<Self, JsError> {
        let option = |get: fn(&JsOptions) -> Option<String>| given.and_then(get).unwrap_or_default();
        let format = match option(JsOptions::format).as_str() {
            "" => None,
            "markdown" => Some(Format::Markdown),
            "html" => Some(Format::Html),
            "plain" => Some(Format::Plain),
            other => return Err(wrong("format", other, "markdown, html or plain")),
        };
        let show = match option(JsOptions::view).as_str() {
            "" | "reader" => Show::Reader,
            "outline" => Show::Outline,
            "card" => Show::Card,
            other => return Err(wrong("view", other, "reader, outline or card")),
        };
        let open = match option(JsOptions::open).as_str() {
            "" => Open::Short,
            "none" => Open::None,
            "1" => Open::First,
            "all" => Open::All,
            other => return Err(wrong("open", other, "none, 1 or all")),
        };
        let standard = option(JsOptions::standard);
        if !matches!(standard.as_str(), "" | "both" | "pipl-28" | "gbt-35273" | "gbt-45574") {
            return Err(wrong("standard", &standard, "both, pipl-28, gbt-35273 or gbt-45574"));
        }
        let look = Look {
            show,
            standard: if standard == "both" { String::new() } else { standard },
            open,
            href: option(JsOptions::href),
            controls: false,
            compact: given.and_then(JsOptions::compact).unwrap_or(false),
            prefix: option(JsOptions::prefix),
        };
        let tell = given.and_then(JsOptions::tell);
        Ok(Self { options: Options { format, lang: option(JsOptions::lang), ..Options::default() }, look, tell })
    }

    fn view(&self, source: &str) -> (View, Messages) {
        let view = crate::analyze(source, &self.options).view();
        let messages = labels(&view, &self.options);
        (view, messages)
    }
}

/// The labels are in the language of the card: the one asked for, otherwise the policy's own.
fn labels(view: &View, options: &Options) -> Messages {
    messages::messages(if options.lang.is_empty() { view.meta.language } else { &options.lang })
}

/// The one way in which a caller can be wrong.
fn wrong(option: &str, given: &str, allowed: &str) -> JsError {
    JsError::new(&format!("{option} is \"{given}\", it must be {allowed}"))
}

fn plain(view: &View) -> Result<JsValue, JsError> {
    parse(&view.json()).map_err(|_| JsError::new("the analysis is no JSON"))
}
