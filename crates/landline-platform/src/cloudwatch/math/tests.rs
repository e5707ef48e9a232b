//! Expressions, each with the value that it has over three small metrics.

use std::collections::BTreeMap;

use super::{MathError, Scope, Series, Value, evaluate, parse};

/// Wednesday, the third of February 2027, 09:15 UTC.
const NOW: i64 = 30_027_435;

/// The points of a series that begins now; `None` where there is none.
fn series(label: &str, points: &[Option<f64>]) -> Series {
    let at = |(minute, value): (usize, &Option<f64>)| {
        Some((NOW + i64::try_from(minute).unwrap(), (*value)?))
    };
    Series {
        label: label.to_owned(),
        period: 1,
        points: points.iter().enumerate().filter_map(at).collect(),
    }
}

fn compute(text: &str) -> Result<Value, MathError> {
    let m1 = series("one", &[Some(1.0), Some(2.0), None, Some(4.0)]);
    let m2 = series("two", &[Some(10.0), None, Some(30.0), Some(40.0)]);
    let empty = series("empty", &[]);
    let values: BTreeMap<String, Value> = [("m1", m1), ("m2", m2), ("empty", empty)]
        .into_iter()
        .map(|(id, series)| (id.to_owned(), Value::Series(series)))
        .collect();
    let metrics: Vec<String> = ["m1", "m2", "empty"].map(str::to_owned).into();
    let scope = Scope {
        values: &values,
        metrics: &metrics,
        minutes: NOW..NOW + 4,
        period: 1,
    };
    evaluate(&parse(text)?, &scope)
}

/// The values minute by minute, `-` where there is none; arrays with their labels.
fn shown(text: &str) -> String {
    let of = |series: &Series| {
        let at = |minute| {
            series
                .points
                .get(&minute)
                .map_or("-".to_owned(), f64::to_string)
        };
        (NOW..NOW + 4).map(at).collect::<Vec<_>>().join(" ")
    };
    match compute(text) {
        Ok(Value::Scalar(value)) => value.to_string(),
        Ok(Value::Series(series)) => of(&series),
        Ok(Value::Array(all)) => {
            let all: Vec<String> = all
                .iter()
                .map(|it| format!("{}: {}", it.label, of(it)))
                .collect();
            all.join(", ")
        }
        Ok(Value::Text(text)) => text,
        Err(error) => error.to_string(),
    }
}

#[test]
fn operators_work_point_by_point_and_bind_as_in_arithmetic() {
    for (text, expected) in [
        ("1+2*3", "7"),
        ("(1+2)*3", "9"),
        ("2^3^2", "512"),
        ("-2^2", "-4"),
        ("8/2/2", "2"),
        ("1e2 - .5", "99.5"),
        ("m1*2", "2 4 - 8"),
        ("10 - m1", "9 8 - 6"),
        ("m1+m2", "11 - - 44"),
        ("m2/m1*100", "1000 - - 1000"),
        ("m1/0", "- - - -"),
        ("m1 > 1", "0 1 - 1"),
        ("m1 >= 2 AND m1 < 4", "0 1 - 0"),
        ("m1 == 1 || m1 == 4", "1 0 - 1"),
        ("m1 != 2 OR 0", "1 0 - 1"),
        ("[m1, m2] * 10", "one: 10 20 - 40, two: 100 - 300 400"),
        ("100 - METRICS(\"m2\")", "two: 90 - 70 60"),
        ("m1 / [m1, m2]", "one: 1 1 - 1, two: 0.1 - - 0.1"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn an_aggregate_is_a_number_of_one_series_and_a_series_of_several() {
    for (text, expected) in [
        ("SUM(m1)", "7"),
        ("MIN(m1)", "1"),
        ("MAX(m2)", "40"),
        ("AVG(m2) * 3", "80"),
        ("STDDEV([m1, m2])", "4.5 0 0 18"),
        ("SUM([m1, m2])", "11 2 30 44"),
        ("SUM(METRICS())", "11 2 30 44"),
        ("AVG([m1, m2])", "5.5 1 15 22"),
        ("MIN(METRICS())", "1 2 30 4"),
        ("MAX([m1, m2])", "10 2 30 40"),
        ("m1 - AVG(m1)*0 - MIN(m1)", "0 1 - 3"),
        ("METRIC_COUNT(METRICS())", "3"),
        ("DATAPOINT_COUNT(m1)", "3"),
        ("PERIOD(m1)", "60"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn functions_of_a_series_follow_its_points() {
    for (text, expected) in [
        ("ABS(-m1)", "1 2 - 4"),
        ("CEIL(m1/3)", "1 1 - 2"),
        ("FLOOR(m1/3)", "0 0 - 1"),
        ("FLOOR(LOG10(m2))", "1 - 1 1"),
        ("LOG(m1/m1)", "0 0 - 0"),
        ("RATE(m1*60)", "- 1 - 1"),
        ("DIFF(m2)", "- - 20 10"),
        ("DIFF_TIME(m1)", "- 60 - 120"),
        ("RUNNING_SUM(m1)", "1 3 - 7"),
        ("FILL(m1, 0)", "1 2 0 4"),
        ("FILL(m1, m2)", "1 2 30 4"),
        ("FILL(m1, REPEAT)", "1 2 2 4"),
        ("FILL(m1, LINEAR)", "1 2 3 4"),
        ("FILL(empty, 5)", "5 5 5 5"),
        ("FILL([m1, empty], 0)", "one: 1 2 0 4, empty: 0 0 0 0"),
        ("TIME_SERIES(7)", "7 7 7 7"),
        ("HOUR(m1)", "9 9 - 9"),
        ("MINUTE(m1)", "15 16 - 18"),
        ("DAY(m1)", "3 3 - 3"),
        ("DATE(m1)", "3 3 - 3"),
        ("MONTH(m1)", "2 2 - 2"),
        ("YEAR(m1)", "2027 2027 - 2027"),
        ("EPOCH(m1) / 60 - 30027435", "0 1 - 3"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn a_condition_chooses_point_by_point() {
    for (text, expected) in [
        ("IF(m1 > 1, m1)", "- 2 - 4"),
        ("IF(m1 > 1, m1, 0)", "0 2 - 4"),
        ("IF(m1 < 2, 1, m2)", "1 - - 40"),
        ("IF(1, m1, m2)", "1 2 - 4"),
        ("IF(0, m1)", "- - - -"),
        ("IF(AVG(m1) > 100, m1, m2)", "10 - 30 40"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn arrays_are_cut_sorted_and_rid_of_what_is_empty() {
    for (text, expected) in [
        ("REMOVE_EMPTY(METRICS())", "one: 1 2 - 4, two: 10 - 30 40"),
        ("SORT(METRICS(), MAX, DESC, 1)", "two: 10 - 30 40"),
        ("SORT([m2, m1], AVG, ASC)", "one: 1 2 - 4, two: 10 - 30 40"),
        ("SLICE(SORT(METRICS(), SUM, ASC), 0)", "1 2 - 4"),
        ("SLICE(METRICS(), 1, 2)", "two: 10 - 30 40"),
        ("FIRST(METRICS())", "1 2 - 4"),
        ("LAST([m1, m2])", "10 - 30 40"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn what_has_no_value_says_why() {
    let nested = format!("{}1{}", "(".repeat(500), ")".repeat(500));
    for (text, expected) in [
        ("", "Invalid syntax"),
        ("m1 +", "Invalid syntax"),
        ("m1 m2", "Invalid syntax"),
        ("SUM(m1", "Invalid syntax"),
        ("[m1,", "Invalid syntax"),
        ("1.2.3", "Invalid syntax"),
        ("\"open", "Invalid syntax"),
        ("é", "Invalid syntax"),
        (&nested, "The expression is nested too deeply"),
        ("m7", "Unknown identifier: m7"),
        ("SUM(1)", "Invalid arguments of function SUM"),
        ("FILL(m1)", "Invalid arguments of function FILL"),
        ("SEARCH('x', 'Sum', 60)", "Unsupported function: SEARCH"),
        (
            "ANOMALY_DETECTION_BAND(m1, 2)",
            "Unsupported function: ANOMALY_DETECTION_BAND",
        ),
        (
            "METRICS() + METRICS()",
            "Unsupported operand type(s) for +: '[Array[TimeSeries], Array[TimeSeries]]'",
        ),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}
