//! New input from old: bits flipped, pieces cut, doubled and joined, words put in.

use crate::chance::Chance;

/// What nobody needs larger.
const INPUT_BYTES_MAX: usize = 64 * 1024;

/// Changes an input a few times; `other` is an input to take pieces from, `words` are
/// what the target's language is made of.
pub(crate) fn mutate(input: &mut Vec<u8>, other: &[u8], words: &[&str], chance: &mut Chance) {
    for _ in 0..=chance.below(6) {
        once(input, other, words, chance);
    }
    input.truncate(INPUT_BYTES_MAX);
}

fn once(input: &mut Vec<u8>, other: &[u8], words: &[&str], chance: &mut Chance) {
    let at = chance.below(input.len() + 1);
    match chance.below(9) {
        0 => {
            if let Some(byte) = input.get_mut(at) {
                *byte ^= 1 << chance.below(8);
            }
        }
        1 => {
            if let Some(byte) = input.get_mut(at) {
                *byte = chance.one_of(&EDGES);
            }
        }
        2 => input.insert(at, chance.byte()),
        3 => {
            let end = at + chance.below(input.len() - at + 1);
            input.drain(at..end);
        }
        4 => {
            let piece = some_piece(input, chance);
            insert(input, at, &piece);
        }
        5 => {
            let piece = some_piece(other, chance);
            insert(input, at, &piece);
        }
        6 => input.truncate(at),
        7 => {
            // Nesting and repetition are where limits are forgotten.
            let word = chance.one_of(words).repeat(1 + chance.below(300));
            insert(input, at, word.as_bytes());
        }
        _ => insert(input, at, chance.one_of(words).as_bytes()),
    }
}

fn some_piece(from: &[u8], chance: &mut Chance) -> Vec<u8> {
    let start = chance.below(from.len());
    let length = chance.below((from.len() - start).min(512) + 1);
    from[start..start + length].to_vec()
}

fn insert(input: &mut Vec<u8>, at: usize, piece: &[u8]) {
    input.splice(at..at, piece.iter().copied());
}

/// Bytes around which programs go wrong.
const EDGES: [u8; 12] = [
    0, 1, 0x7D, 0x7E, 0x7F, 0x80, 0x81, 0xC0, 0xED, 0xF4, 0xFE, 0xFF,
];
