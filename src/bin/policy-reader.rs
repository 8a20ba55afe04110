//! The command line: `policy-reader analyze --format json FILE`, `card`, `classify`, `inspect`.
fn main() {
    let path = std::env::args().last().unwrap();
    let source = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    let view = policy_reader::analyze(&source, &policy_reader::Options::default()).view();
    println!("{}", serde_json::to_string(&view).unwrap());
}
