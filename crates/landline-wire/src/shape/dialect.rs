//! How a value of the wrong kind is met: most services take what can be meant, DynamoDB's front end
//! takes exact kinds only and names every other one in the words of the Java library behind it.

use super::Node;

/// In whose manner a decoder reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Takes what can be meant, and refuses the rest in one kind of sentence.
    Forgiving,
    /// As Coral, the framework of AWS's older JSON services, DynamoDB among them.
    Coral {
        /// The date in the service's namespace, `20120810`.
        version: &'static str,
    },
}

/// Where a value stands; Coral refuses it in other words in each place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A member of a structure.
    Member,
    /// An item of a list or the value of a map's entry.
    Element,
}

/// The kind of value that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A truth value.
    Boolean,
    /// A whole number of 32 bits.
    Integer,
    /// A whole number of 64 bits.
    Long,
    /// A floating-point number.
    Double,
    /// Text.
    String,
    /// Bytes.
    Blob,
    /// A point in time.
    Timestamp,
    /// A list.
    List,
    /// A map.
    Map,
    /// The structure of this name.
    Structure(&'static str),
}

impl Kind {
    /// The kind's name in a forgiving service's refusals.
    fn name(self) -> &'static str {
        match self {
            Self::Boolean => "Boolean",
            Self::Integer => "Integer",
            Self::Long => "Long",
            Self::Double => "Double",
            Self::String => "String",
            Self::Blob => "Blob",
            Self::Timestamp => "Timestamp",
            Self::List => "List",
            Self::Map => "Map",
            Self::Structure(name) => name,
        }
    }

    /// The Java class of the kind. That of a list or a map says what it holds and is not known here.
    pub(crate) fn class(self, version: &str) -> String {
        match self {
            Self::Blob => "java.nio.ByteBuffer".to_owned(),
            Self::Timestamp => "java.util.Date".to_owned(),
            Self::List => "java.util.List".to_owned(),
            Self::Map => "java.util.Map".to_owned(),
            Self::Structure(name) => format!("com.amazonaws.dynamodb.v{version}.{name}"),
            scalar => format!("java.lang.{}", scalar.name()),
        }
    }
}

/// `STRING_VALUE cannot be converted to Integer`.
pub(super) fn conversion(node: &Node<'_>, wanted: Kind) -> String {
    format!("{} cannot be converted to {}", node.kind(), wanted.name())
}

/// What Coral says of `node` where `wanted`, of the Java class `class`, is due.
pub(super) fn coral_mismatch(node: &Node<'_>, wanted: Kind, class: &str, place: Place) -> String {
    match (node, wanted, place) {
        (Node::List(_), Kind::Map, _) => format!("Unrecognized collection type {class}"),
        (Node::List(_), _, _) => format!("Unrecognized collection type class {class}"),
        (Node::Map(_), _, _) => "Start of structure or map found where not expected".to_owned(),
        (_, Kind::List | Kind::Map, Place::Element) => PARAMETERIZED.to_owned(),
        (_, Kind::List | Kind::Map | Kind::Structure(_), Place::Member) => {
            "Unexpected field type".to_owned()
        }
        (_, Kind::Structure(_), Place::Element) => "Unexpected value type in payload".to_owned(),
        (_, Kind::Blob, _) => "only base-64-encoded strings are convertible to bytes".to_owned(),
        (Node::String(_) | Node::Text(_), Kind::Boolean, _) => {
            "Unexpected token received from parser".to_owned()
        }
        _ => conversion(node, wanted),
    }
}

/// A fault of the Java code that AWS has never mended.
const PARAMETERIZED: &str = "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class (sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module java.base of loader 'bootstrap')";
