//! Every `tests/pages/*.html` with its `.expect`: what a careful reader sees of a page. The same set runs in browsers.

mod common;

use common::{differences, files, parse, read, settle};
use policy_reader::{Format, Options, analyze};

#[test]
fn pages_read_as_expected() {
    let mut failures = Vec::new();
    let pages = files("tests/pages", "html");
    for page in &pages {
        let case = parse(&read(&page.with_extension("expect")));
        let view = analyze(&read(page), &Options { format: Some(Format::Html), ..Options::default() }).view();
        let difference = differences(&case, &view);
        if !difference.is_empty() {
            failures.push((page.file_stem().unwrap().to_string_lossy().into_owned(), difference));
        }
    }
    settle("pages", &failures, pages.len());
}

#[test]
fn whole_pages_are_recognised() {
    for page in files("tests/pages", "html") {
        let source = read(&page);
        if source.trim_start().to_ascii_lowercase().starts_with("<!doctype") || source.contains("<html") {
            let view = analyze(&source, &Options::default()).view();
            assert_eq!(view.meta.shape, "html", "{}", page.display());
        }
    }
}
