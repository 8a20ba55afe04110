//! A file of one sentence a line → the stretches that `plain` weighs, for `training/`: each on a line as `held` and `states`
//! (0 or 1), its traits by name, and its text, with tabs between; an empty line ends a sentence.

use policy_reader::plain::weighed;
use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1) {
        for line in std::fs::read_to_string(path)?.lines() {
            for stretch in weighed(line) {
                write!(out, "{}\t{}\t", u8::from(stretch.held), u8::from(stretch.states))?;
                for (name, value) in stretch.traits {
                    write!(out, "{name} {value} ")?;
                }
                writeln!(out, "\t{}", stretch.text)?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}
