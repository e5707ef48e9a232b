//! S3's quotas, and Landline's own where S3 names none.
//! <https://docs.aws.amazon.com/general/latest/gr/s3.html>

/// An object that is sent in one piece, and a part.
pub(crate) const PUT_BYTES_MAX: u64 = 5 << 30;
/// A whole object.
pub(crate) const OBJECT_BYTES_MAX: u64 = 5 << 40;
/// Every part but the last.
pub(crate) const PART_BYTES_MIN: u64 = 5 << 20;
/// Parts of an upload.
pub(crate) const PARTS_MAX: u32 = 10_000;
/// A key, in UTF-8.
pub(crate) const KEY_BYTES_MAX: usize = 1024;
/// Names and values of an object's own metadata.
pub(crate) const METADATA_BYTES_MAX: usize = 2048;
/// Keys in one deletion, and entries of one listing.
pub(crate) const PAGE_MAX: usize = 1000;
/// Buckets of the account.
pub(crate) const BUCKETS_MAX: usize = 10_000;
/// Tags of an object and of a bucket.
pub(crate) const OBJECT_TAGS_MAX: usize = 10;
pub(crate) const BUCKET_TAGS_MAX: usize = 50;
/// A bucket's policy.
pub(crate) const POLICY_BYTES_MAX: usize = 20 * 1024;
/// A request that is a document; the longest names 10,000 parts.
pub(crate) const DOCUMENT_BYTES_MAX: usize = 4 << 20;
/// A body that one service hands another in process: a function's code is the largest.
pub(crate) const IN_PROCESS_BYTES_MAX: u64 = 256 << 20;
/// Keys that one page of a listing looks at, deleted ones included.
pub(crate) const VISITS_MAX: usize = 100_000;
/// Files whose places one record of an object may hold; more have a record of their own.
pub(crate) const INLINE_SEGMENTS_MAX: usize = 8;
/// The fields of a form before its file, with all that stands around them.
pub(crate) const FORM_BYTES_MAX: usize = 20 * 1024;
/// What is read of a form behind its file, only so that the client hears the answer.
pub(crate) const FORM_REST_BYTES_MAX: usize = 64 * 1024;
