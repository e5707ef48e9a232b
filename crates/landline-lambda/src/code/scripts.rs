//! The scripts of a layer, whose first line names an interpreter of AWS's image (`#!/var/lang/bin/python`), which is
//! another file here.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

/// Lets the scripts in a folder run with the interpreter that the function's `PATH` has.
pub(super) fn name_interpreters(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            name_interpreters(&entry.path())?;
        } else if kind.is_file() && is_of_image(&entry.path())? {
            let text = fs::read(entry.path())?;
            // Written over, the file keeps its mode.
            fs::write(entry.path(), with_interpreter_of_path(&text))?;
        }
    }
    Ok(())
}

fn is_of_image(file: &Path) -> io::Result<bool> {
    let mut start = Vec::with_capacity(OF_IMAGE.len());
    let length = u64::try_from(OF_IMAGE.len()).unwrap_or_default();
    fs::File::open(file)?.take(length).read_to_end(&mut start)?;
    Ok(start == OF_IMAGE)
}

pub(super) fn with_interpreter_of_path(text: &[u8]) -> Vec<u8> {
    let text = text.strip_prefix(OF_IMAGE).unwrap_or(text);
    // `python` alone is not everywhere.
    let named = text.strip_prefix(b"python").filter(|rest| {
        let next = rest.first().copied().unwrap_or(b'\n');
        next.is_ascii_whitespace() || next.is_ascii_digit()
    });
    let (interpreter, rest): (&[u8], _) = match named {
        Some(rest) => {
            let end = rest.iter().position(u8::is_ascii_whitespace);
            (b"python3", &rest[end.unwrap_or(rest.len())..])
        }
        None => (b"", text),
    };
    [OF_PATH, interpreter, rest].concat()
}

const OF_IMAGE: &[u8] = b"#!/var/lang/bin/";
const OF_PATH: &[u8] = b"#!/usr/bin/env ";
