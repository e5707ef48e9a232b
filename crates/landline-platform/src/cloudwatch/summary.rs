//! The values of one metric in one minute: count, sum, extremes, and a sketch for
//! percentiles.

/// A minute's values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Summary {
    pub(super) count: f64,
    pub(super) sum: f64,
    pub(super) minimum: f64,
    pub(super) maximum: f64,
    /// None where the values themselves were never told, or some are negative.
    sketch: Option<Sketch>,
}

impl Summary {
    /// A value that occurred so many times.
    pub(super) fn of(value: f64, count: f64) -> Self {
        Self {
            count,
            sum: value * count,
            minimum: value,
            maximum: value,
            sketch: Sketch::of(value, count),
        }
    }

    /// Values of which only a summary is known.
    pub(super) fn opaque(count: f64, sum: f64, minimum: f64, maximum: f64) -> Self {
        #[expect(clippy::float_cmp, reason = "the same value, as the caller wrote it")]
        let is_one_value = minimum == maximum;
        Self {
            count,
            sum,
            minimum,
            maximum,
            sketch: if is_one_value {
                Sketch::of(minimum, count)
            } else {
                None
            },
        }
    }

    /// Both together.
    pub(super) fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.sum += other.sum;
        self.minimum = self.minimum.min(other.minimum);
        self.maximum = self.maximum.max(other.maximum);
        self.sketch = match (self.sketch.take(), &other.sketch) {
            (Some(mut ours), Some(theirs)) => {
                ours.add(theirs);
                Some(ours)
            }
            _ => None,
        };
    }

    /// The value that `percent` of the values do not exceed, within one percent.
    pub(super) fn percentile(&self, percent: f64) -> Option<f64> {
        let value = self.sketch.as_ref()?.percentile(percent, self.count);
        Some(value.clamp(self.minimum, self.maximum))
    }
}

/// Counts by powers of [`GROWTH`], in order. The smallest values share a bucket when
/// there are too many.
#[derive(Debug, Clone, PartialEq)]
struct Sketch(Vec<(i32, f64)>);

impl Sketch {
    fn of(value: f64, count: f64) -> Option<Self> {
        (value >= 0.0).then(|| Self(vec![(bucket(value), count)]))
    }

    fn add(&mut self, other: &Self) {
        for &(bucket, count) in &other.0 {
            match self.0.binary_search_by_key(&bucket, |(known, _)| *known) {
                Ok(at) => self.0[at].1 += count,
                Err(at) => self.0.insert(at, (bucket, count)),
            }
        }
        while self.0.len() > MAX_BUCKETS {
            let (_, smallest) = self.0.remove(0);
            self.0[0].1 += smallest;
        }
    }

    fn percentile(&self, percent: f64, count: f64) -> f64 {
        let rank = count * percent / 100.0;
        let mut seen = 0.0;
        for &(bucket, count) in &self.0 {
            seen += count;
            if seen >= rank {
                return value(bucket);
            }
        }
        f64::INFINITY
    }
}

fn bucket(value: f64) -> i32 {
    if value < SMALLEST {
        return i32::MIN;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "logarithms of doubles are small"
    )]
    let bucket = (value.ln() / GROWTH.ln()).ceil() as i32;
    bucket
}

/// The middle of a bucket.
fn value(bucket: i32) -> f64 {
    if bucket == i32::MIN {
        return 0.0;
    }
    GROWTH.powi(bucket) * 2.0 / (1.0 + GROWTH)
}

const GROWTH: f64 = 1.02;
/// Anything smaller counts as zero.
const SMALLEST: f64 = 1e-9;
const MAX_BUCKETS: usize = 256;
