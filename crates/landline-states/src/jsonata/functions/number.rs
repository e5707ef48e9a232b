//! Functions of numbers and of truth.

use landline_wire::request_id;

use super::super::Trouble;
use super::super::evaluate::{Evaluation, Found};
use super::super::item::Item;
use super::{Arguments, Entry};

pub(super) const ALL: &[Entry] = &[
    ("abs", 1, 1, |_, arguments| mapped(arguments, f64::abs)),
    ("average", 1, 1, |_, arguments| {
        aggregated(arguments, |numbers| {
            numbers.iter().sum::<f64>() / count(numbers)
        })
    }),
    ("boolean", 1, 1, |_, mut arguments| {
        Ok(arguments.get(0).map(|it| Item::Bool(it.is_true())))
    }),
    ("ceil", 1, 1, |_, arguments| mapped(arguments, f64::ceil)),
    ("exists", 1, 1, |_, mut arguments| {
        Ok(Some(Item::Bool(arguments.get(0).is_some())))
    }),
    ("floor", 1, 1, |_, arguments| mapped(arguments, f64::floor)),
    ("max", 1, 1, |_, arguments| {
        aggregated(arguments, |numbers| {
            numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max)
        })
    }),
    ("min", 1, 1, |_, arguments| {
        aggregated(arguments, |numbers| {
            numbers.iter().copied().fold(f64::INFINITY, f64::min)
        })
    }),
    ("not", 1, 1, |_, mut arguments| {
        Ok(arguments.get(0).map(|it| Item::Bool(!it.is_true())))
    }),
    ("number", 1, 1, number),
    ("power", 2, 2, power),
    ("random", 0, 1, random),
    ("round", 1, 2, round),
    ("sqrt", 1, 1, sqrt),
    ("sum", 1, 1, |_, arguments| {
        aggregated(arguments, |numbers| numbers.iter().sum())
    }),
];

#[expect(clippy::cast_precision_loss, reason = "lists are short")]
fn count(numbers: &[f64]) -> f64 {
    numbers.len() as f64
}

fn mapped(mut arguments: Arguments, change: impl Fn(f64) -> f64) -> Found {
    let number = arguments.number(0)?;
    Ok(number.map(|number| Item::Number(change(number))))
}

fn aggregated(mut arguments: Arguments, change: impl Fn(&[f64]) -> f64) -> Found {
    let Some(items) = arguments.items(0) else {
        return Ok(None);
    };
    let mut numbers = Vec::with_capacity(items.len());
    for item in items {
        let Item::Number(number) = item else {
            let text = format!(
                "Argument 1 of function \"{}\" must be an array of \"n\"",
                arguments.name
            );
            return Err(Trouble::new("T0412", text));
        };
        numbers.push(number);
    }
    if numbers.is_empty() && arguments.name != "sum" {
        return Ok(None);
    }
    Ok(Some(Item::Number(change(&numbers))))
}

fn number(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let number = match arguments.get(0) {
        None => return Ok(None),
        Some(Item::Number(number)) => Some(number),
        Some(Item::Bool(flag)) => Some(f64::from(u8::from(flag))),
        Some(Item::Text(text)) => read(text.trim()),
        Some(_) => return Err(arguments.mismatch(0)),
    };
    match number.filter(|number| number.is_finite()) {
        Some(number) => Ok(Some(Item::Number(number))),
        None => Err(Trouble::new("D3030", "Unable to cast value to a number")),
    }
}

fn read(text: &str) -> Option<f64> {
    for (prefix, radix) in [("0x", 16), ("0X", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            #[expect(clippy::cast_precision_loss, reason = "as numbers are here")]
            return u64::from_str_radix(digits, radix).ok().map(|it| it as f64);
        }
    }
    let is_number = text
        .bytes()
        .all(|it| it.is_ascii_digit() || b"+-.eE".contains(&it));
    is_number.then(|| text.parse().ok())?
}

fn power(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let (Some(base), Some(exponent)) = (arguments.number(0)?, arguments.number(1)?) else {
        return Ok(None);
    };
    let power = base.powf(exponent);
    if !power.is_finite() {
        let text = "The power function has resulted in a value that cannot be represented as a JSON number";
        return Err(Trouble::new("D3061", text));
    }
    Ok(Some(Item::Number(power)))
}

fn sqrt(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    match arguments.number(0)? {
        None => Ok(None),
        Some(number) if number < 0.0 => {
            let text = "The sqrt function cannot be applied to a negative number";
            Err(Trouble::new("D3060", text))
        }
        Some(number) => Ok(Some(Item::Number(number.sqrt()))),
    }
}

/// Half goes to the even neighbour. A negative precision rounds before the point.
fn round(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(number) = arguments.number(0)? else {
        return Ok(None);
    };
    let precision = arguments.number(1)?.unwrap_or_default();
    Ok(Some(Item::Number(rounded(number, precision))))
}

pub(super) fn rounded(number: f64, precision: f64) -> f64 {
    #[expect(clippy::cast_possible_truncation, reason = "clamped")]
    let precision = precision.clamp(-300.0, 300.0) as i32;
    // By its digits: 1.005 times 100 is not 100.5.
    let shift = |number: f64, by: i32| {
        let text = format!("{number:e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let exponent = exponent.parse::<i32>().unwrap_or_default() + by;
        format!("{digits}e{exponent}").parse().unwrap_or(number)
    };
    let result = shift(shift(number, precision).round_ties_even(), -precision);
    if result == 0.0 { 0.0 } else { result }
}

fn random(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let seed = arguments.number(0)?;
    let bits = match seed {
        None => u64::from_le_bytes(request_id::random_bytes()),
        Some(seed) => {
            let mut bits = seed.to_bits().wrapping_add(0x9e37_79b9_7f4a_7c15);
            bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            bits ^ (bits >> 31)
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    let number = (bits >> 11) as f64 / (1_u64 << 53) as f64;
    Ok(Some(Item::Number(number)))
}
