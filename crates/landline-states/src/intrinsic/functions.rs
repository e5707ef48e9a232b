//! What each function does with its arguments.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use landline_wire::{hex, request_id};
use md5::Md5;
use serde_json::{Map, Value};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// The longest text that is encoded, decoded or hashed.
const TEXT_MAX: usize = 10_000;
/// What `States.ArrayRange` makes at most.
const RANGE_MAX: usize = 1000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Array,
    ArrayContains,
    ArrayGetItem,
    ArrayLength,
    ArrayPartition,
    ArrayRange,
    ArrayUnique,
    Base64Decode,
    Base64Encode,
    Format,
    Hash,
    JsonMerge,
    JsonToString,
    MathAdd,
    MathRandom,
    StringSplit,
    StringToJson,
    Uuid,
}

type Answer = Result<Value, String>;

impl Function {
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name.strip_prefix("States.")? {
            "Array" => Self::Array,
            "ArrayContains" => Self::ArrayContains,
            "ArrayGetItem" => Self::ArrayGetItem,
            "ArrayLength" => Self::ArrayLength,
            "ArrayPartition" => Self::ArrayPartition,
            "ArrayRange" => Self::ArrayRange,
            "ArrayUnique" => Self::ArrayUnique,
            "Base64Decode" => Self::Base64Decode,
            "Base64Encode" => Self::Base64Encode,
            "Format" => Self::Format,
            "Hash" => Self::Hash,
            "JsonMerge" => Self::JsonMerge,
            "JsonToString" => Self::JsonToString,
            "MathAdd" => Self::MathAdd,
            "MathRandom" => Self::MathRandom,
            "StringSplit" => Self::StringSplit,
            "StringToJson" => Self::StringToJson,
            "UUID" => Self::Uuid,
            _ => return None,
        })
    }

    /// Whether it can have as many arguments.
    pub(super) fn check(self, count: usize) -> Result<(), String> {
        let (least, most) = match self {
            Self::Array => (0, usize::MAX),
            Self::Format => (1, usize::MAX),
            Self::Uuid => (0, 0),
            Self::ArrayLength
            | Self::ArrayUnique
            | Self::Base64Decode
            | Self::Base64Encode
            | Self::JsonToString
            | Self::StringToJson => (1, 1),
            Self::ArrayContains
            | Self::ArrayGetItem
            | Self::ArrayPartition
            | Self::Hash
            | Self::MathAdd
            | Self::StringSplit => (2, 2),
            Self::MathRandom => (2, 3),
            Self::ArrayRange | Self::JsonMerge => (3, 3),
        };
        if (least..=most).contains(&count) {
            return Ok(());
        }
        Err(format!("{count} arguments are too many or too few"))
    }

    /// Calls it; the number of arguments has been checked.
    pub(super) fn call(self, arguments: Vec<Value>) -> Answer {
        let mut given = arguments.into_iter();
        let mut next = || given.next().unwrap_or_default();
        match self {
            Self::Array => Ok(given.collect()),
            Self::ArrayContains => {
                let (items, wanted) = (array(next())?, next());
                Ok(items.iter().any(|item| is_same(item, &wanted)).into())
            }
            Self::ArrayGetItem => {
                let (items, at) = (array(next())?, integer(&next())?);
                let item = usize::try_from(at).ok().and_then(|at| items.get(at));
                item.cloned()
                    .ok_or_else(|| format!("Index {at} is out of bounds"))
            }
            Self::ArrayLength => Ok(array(next())?.len().into()),
            Self::ArrayPartition => partition(&array(next())?, integer(&next())?),
            Self::ArrayRange => range(integer(&next())?, integer(&next())?, integer(&next())?),
            Self::ArrayUnique => Ok(unique(array(next())?)),
            Self::Base64Decode => decode(&text(next())?),
            Self::Base64Encode => Ok(STANDARD.encode(bounded(&text(next())?)?).into()),
            Self::Format => format_text(&text(next())?, given),
            Self::Hash => hash(&next(), &text(next())?),
            Self::JsonMerge => merge(next(), next(), &next()),
            Self::JsonToString => Ok(next().to_string().into()),
            Self::MathAdd => {
                let sum = integer(&next())?.checked_add(integer(&next())?);
                let sum = sum.filter(|sum| i32::try_from(*sum).is_ok());
                sum.map(Value::from)
                    .ok_or_else(|| "The sum is out of range".to_owned())
            }
            Self::MathRandom => {
                let (start, end) = (integer(&next())?, integer(&next())?);
                let seed = given.next().map(|seed| integer(&seed)).transpose()?;
                random(start, end, seed)
            }
            Self::StringSplit => Ok(split(&text(next())?, &text(next())?)),
            Self::StringToJson => {
                let text = text(next())?;
                serde_json::from_str(&text).map_err(|error| format!("Invalid JSON: {error}"))
            }
            Self::Uuid => Ok(request_id::uuid().into()),
        }
    }
}

fn array(value: Value) -> Result<Vec<Value>, String> {
    match value {
        Value::Array(items) => Ok(items),
        other => Err(format!("'{other}' is not an array")),
    }
}

fn text(value: Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(format!("'{other}' is not a string")),
    }
}

/// Numbers with decimals are rounded, as AWS does.
fn integer(value: &Value) -> Result<i64, String> {
    let rounded = || {
        let number = value.as_f64()?.round();
        #[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
        Some(number as i64)
    };
    let number = value.as_i64().or_else(rounded);
    number.ok_or_else(|| format!("'{value}' is not a number"))
}

fn bounded(text: &str) -> Result<&str, String> {
    if text.chars().count() > TEXT_MAX {
        return Err(format!("The string is longer than {TEXT_MAX} characters"));
    }
    Ok(text)
}

fn is_same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64() == right.as_f64(),
        _ => left == right,
    }
}

fn partition(items: &[Value], size: i64) -> Answer {
    let size = usize::try_from(size).ok().filter(|size| *size > 0);
    let size = size.ok_or("The chunk size must be positive")?;
    Ok(items
        .chunks(size)
        .map(|chunk| Value::from(chunk.to_vec()))
        .collect())
}

fn range(first: i64, last: i64, step: i64) -> Answer {
    if step == 0 {
        return Err("The step must not be 0".to_owned());
    }
    let mut items = Vec::new();
    let mut at = first;
    while (step > 0 && at <= last) || (step < 0 && at >= last) {
        if items.len() >= RANGE_MAX {
            return Err(format!("The range has more than {RANGE_MAX} elements"));
        }
        items.push(Value::from(at));
        match at.checked_add(step) {
            Some(next) => at = next,
            None => break,
        }
    }
    Ok(items.into())
}

fn unique(items: Vec<Value>) -> Value {
    let mut kept: Vec<Value> = Vec::new();
    for item in items {
        if !kept.iter().any(|known| is_same(known, &item)) {
            kept.push(item);
        }
    }
    kept.into()
}

fn decode(encoded: &str) -> Answer {
    let bytes = STANDARD
        .decode(bounded(encoded)?)
        .map_err(|_| "The string is not valid Base64".to_owned())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned().into())
}

fn hash(data: &Value, algorithm: &str) -> Answer {
    let data = match data {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let data = bounded(&data)?.as_bytes();
    let digest = match algorithm {
        "MD5" => hex(&Md5::digest(data)),
        "SHA-1" => hex(&Sha1::digest(data)),
        "SHA-256" => hex(&Sha256::digest(data)),
        "SHA-384" => hex(&Sha384::digest(data)),
        "SHA-512" => hex(&Sha512::digest(data)),
        other => return Err(format!("'{other}' is not a supported algorithm")),
    };
    Ok(digest.into())
}

/// AWS knows shallow merges only.
fn merge(left: Value, right: Value, is_deep: &Value) -> Answer {
    if is_deep != &Value::Bool(false) {
        return Err("Deep merging is not supported: the third argument has to be false".to_owned());
    }
    let object = |value: Value| -> Result<Map<String, Value>, String> {
        match value {
            Value::Object(members) => Ok(members),
            other => Err(format!("'{other}' is not an object")),
        }
    };
    let mut merged = object(left)?;
    merged.extend(object(right)?);
    Ok(merged.into())
}

/// A number from `start` up to, and without, `end`.
fn random(start: i64, end: i64, seed: Option<i64>) -> Answer {
    let width = end.checked_sub(start).filter(|width| *width > 0);
    let width = width.ok_or("The start has to be less than the end")?;
    let bits = match seed {
        None => u64::from_le_bytes(request_id::random_bytes()),
        Some(seed) => mixed(seed.cast_unsigned()),
    };
    let offset = i64::try_from(bits % width.unsigned_abs()).unwrap_or_default();
    Ok((start + offset).into())
}

/// The first number that follows from a seed: splitmix64.
fn mixed(seed: u64) -> u64 {
    let mut bits = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// Each letter of the second text is a delimiter; what is empty is left out.
fn split(text: &str, delimiters: &str) -> Value {
    let parts = text.split(|letter| delimiters.contains(letter));
    parts
        .filter(|part| !part.is_empty())
        .map(Value::from)
        .collect()
}

/// Puts the values into the places `{}`; `\{` and `\}` are braces.
fn format_text(template: &str, values: impl Iterator<Item = Value>) -> Answer {
    let mut values = values;
    let mut text = String::new();
    let mut letters = template.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if matches!(letters.peek(), Some('{' | '}')) => text.extend(letters.next()),
            '{' => {
                if letters.next() != Some('}') {
                    return Err("A brace that is no place is escaped with \\".to_owned());
                }
                let value = values
                    .next()
                    .ok_or("There are fewer arguments than places")?;
                match value {
                    Value::String(part) => text.push_str(&part),
                    other => text.push_str(&other.to_string()),
                }
            }
            '}' => return Err("A brace that is no place is escaped with \\".to_owned()),
            other => text.push(other),
        }
    }
    if values.next().is_some() {
        return Err("There are more arguments than places".to_owned());
    }
    Ok(text.into())
}
