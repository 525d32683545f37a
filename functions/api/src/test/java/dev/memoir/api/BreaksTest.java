package dev.memoir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreaksTest {
    private static final String OLD =
            "type Query { a(x: Int, y: Int!): String! b: [Int!] } enum E { A B } input I { f: Int }";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a(x: Int, y: Int!): String!     | a: String!                            | Query.a(x) is gone",
                "b: [Int!]                       | c: [Int!]                             | Query.b is gone",
                "b: [Int!]                       | b: [Int]                              | Query.b was [Int!] and is [Int]",
                "String!                         | String                                | Query.a was String! and is String",
                "x: Int                          | x: Int!                               | Query.a(x) was Int and is Int!",
                "y: Int!                         | y: Int!, z: Int!                      | Query.a(z) is new and required",
                "enum E { A B }                  | enum E { A }                          | E.B is gone",
                "input I { f: Int }              | input I { f: Int g: Int! }            | I(g) is new and required",
                "input I { f: Int }              | input I { f: String }                 | I(f) was Int and is String",
                "enum E { A B }                  | scalar E                              | E is gone"
            })
    void aChangeThatTakesSomethingAwayIsABreak(String before, String after, String found) {
        List<String> breaks = Breaks.between(OLD, OLD.replace(before, after));
        assertEquals(found, breaks.getFirst(), breaks.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b: [Int!]          | b: [Int!]!",
                "b: [Int!]          | b: [Int!] c: Int",
                "y: Int!            | y: Int",
                "x: Int             | x: Int, z: Int",
                "x: Int             | x: Int, z: Int! = 1",
                "enum E { A B }     | enum E { A B C }",
                "input I { f: Int } | input I { f: Int g: Int }"
            })
    void aChangeThatOnlyAddsIsNone(String before, String after) {
        assertEquals(List.of(), Breaks.between(OLD, OLD.replace(before, after)));
    }

    @Test
    void theSameSchemaBreaksNothing() {
        assertEquals(List.of(), Breaks.between(OLD, OLD));
    }
}
