//! Writing the stored form.

use super::{VERSION, tag};
use crate::value::{AttributeValue, Item, is_plain};

/// The stored form of an item.
pub fn encode(item: &Item) -> Vec<u8> {
    let size = item.size();
    let mut out = Vec::with_capacity(size + 4 * item.len() + 8);
    out.push(VERSION);
    write_length(size, &mut out);
    write_length(item.len(), &mut out);
    for (name, value) in item {
        write_bytes(name.as_bytes(), &mut out);
        write_value(value, &mut out);
    }
    out
}

fn write_value(value: &AttributeValue, out: &mut Vec<u8>) {
    match value {
        AttributeValue::S(text) => {
            out.push(if is_plain(text.as_bytes()) {
                tag::PLAIN
            } else {
                tag::STRING
            });
            write_bytes(text.as_bytes(), out);
        }
        AttributeValue::N(number) => {
            out.push(tag::NUMBER);
            write_number(*number, out);
        }
        AttributeValue::B(bytes) => {
            out.push(tag::BINARY);
            write_bytes(bytes, out);
        }
        AttributeValue::Bool(flag) => out.push(if *flag { tag::TRUE } else { tag::FALSE }),
        AttributeValue::Null => out.push(tag::NULL),
        AttributeValue::Ss(members) => {
            write_members(tag::STRING_SET, members, out, |member, out| {
                write_bytes(member.as_bytes(), out);
            });
        }
        AttributeValue::Ns(members) => {
            write_members(tag::NUMBER_SET, members, out, |member, out| {
                write_number(*member, out);
            });
        }
        AttributeValue::Bs(members) => {
            write_members(tag::BINARY_SET, members, out, |member, out| {
                write_bytes(member, out);
            });
        }
        AttributeValue::L(elements) => write_members(tag::LIST, elements, out, write_value),
        AttributeValue::M(entries) => {
            write_members(tag::MAP, entries, out, |(name, value), out| {
                write_bytes(name.as_bytes(), out);
                write_value(value, out);
            });
        }
    }
}

/// The length in front lets a reader step over what nobody asked for.
fn write_members<I>(tag: u8, members: I, out: &mut Vec<u8>, write: impl Fn(I::Item, &mut Vec<u8>))
where
    I: IntoIterator,
    I::IntoIter: ExactSizeIterator,
{
    let members = members.into_iter();
    out.push(tag);
    let length_at = out.len();
    out.extend_from_slice(&[0; 4]);
    write_length(members.len(), out);
    for member in members {
        write(member, out);
    }
    let length = u32::try_from(out.len() - length_at - 4).expect("an item is far below 4 GB");
    out[length_at..length_at + 4].copy_from_slice(&length.to_le_bytes());
}

fn write_number(number: crate::number::Number, out: &mut Vec<u8>) {
    let length_at = out.len();
    out.push(0);
    number.write_to(out);
    // At most 38 digits, 131 zeros, a point and a sign: above 127 the length takes a second byte.
    let length = out.len() - length_at - 1;
    if let Ok(short @ 0..=0x7f) = u8::try_from(length) {
        out[length_at] = short;
    } else {
        let text = out.split_off(length_at + 1);
        out.truncate(length_at);
        write_bytes(&text, out);
    }
}

fn write_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    write_length(bytes.len(), out);
    out.extend_from_slice(bytes);
}

/// Seven bits a byte, lowest first.
fn write_length(mut length: usize, out: &mut Vec<u8>) {
    while length > 0x7f {
        out.push(0x80 | length.to_le_bytes()[0]);
        length >>= 7;
    }
    out.push(length.to_le_bytes()[0]);
}
