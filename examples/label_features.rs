//! Files of one sentence a line → their features, for `training/`: little-endian u32 words on standard output.
//!
//! A file is `lines`, then for each line `heading, outer, lead` (index + 1, 0 = none), `mark, flags, length` (flags:
//! 1 heading, 2 lead-in, 4 semicolon), the number of distinct hashes, and the hashes in ascending order.

use policy_reader::labels::features;
use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut folded = Vec::new();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(path)?;
        let lines: Vec<&str> = text.lines().collect();
        let shapes: Vec<_> = lines.iter().map(|line| features::shape(line, false)).collect();
        let mut words = vec![lines.len() as u32];
        for ((line, shape), context) in lines.iter().zip(&shapes).zip(features::contexts(&shapes)) {
            words.extend([context.heading, context.outer, context.lead].map(|at| at.map_or(0, |at| at as u32 + 1)));
            let flags = u32::from(shape.heading) | u32::from(shape.lead) << 1 | u32::from(shape.semicolon) << 2;
            words.extend([shape.mark as u32, flags, shape.length as u32]);
            let mut hashes = Vec::new();
            features::hashes(line, shape, &mut folded, |hash, _| hashes.push(hash));
            hashes.sort_unstable();
            hashes.dedup();
            words.push(hashes.len() as u32);
            words.extend(hashes);
        }
        for word in words {
            out.write_all(&word.to_le_bytes())?;
        }
    }
    Ok(())
}
