package dev.memoir.api;

import graphql.language.AstPrinter;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what a newer schema takes from clients of an older one. */
final class Breaks {
    private final TypeDefinitionRegistry newer;
    private final List<String> breaks = new ArrayList<>();

    private Breaks(TypeDefinitionRegistry newer) {
        this.newer = newer;
    }

    /** @return one line for each break, none when old clients go on working */
    static List<String> between(String older, String newer) {
        Breaks found = new Breaks(new SchemaParser().parse(newer));
        new SchemaParser().parse(older).types().values().forEach(found::type);
        return found.breaks;
    }

    private void type(TypeDefinition<?> old) {
        Optional<? extends TypeDefinition<?>> now = find(old);
        if (now.isEmpty()) {
            breaks.add(old.getName() + " is gone");
            return;
        }
        switch (old) {
            case ObjectTypeDefinition type ->
                type.getFieldDefinitions()
                        .forEach(field -> field(type.getName(), field, (ObjectTypeDefinition) now.get()));
            case InputObjectTypeDefinition type ->
                inputs(
                        type.getName(),
                        type.getInputValueDefinitions(),
                        ((InputObjectTypeDefinition) now.get()).getInputValueDefinitions());
            case EnumTypeDefinition type -> values(type, (EnumTypeDefinition) now.get());
            default -> {}
        }
    }

    private Optional<? extends TypeDefinition<?>> find(TypeDefinition<?> old) {
        return Optional.ofNullable((TypeDefinition<?>) newer.types().get(old.getName()))
                .filter(type -> type.getClass() == old.getClass());
    }

    private void field(String type, FieldDefinition old, ObjectTypeDefinition now) {
        String name = type + "." + old.getName();
        now.getFieldDefinitions().stream()
                .filter(field -> field.getName().equals(old.getName()))
                .findFirst()
                .ifPresentOrElse(
                        field -> {
                            if (!readsAs(old.getType(), field.getType())) {
                                breaks.add(name + " was " + text(old.getType()) + " and is " + text(field.getType()));
                            }
                            inputs(name, old.getInputValueDefinitions(), field.getInputValueDefinitions());
                        },
                        () -> breaks.add(name + " is gone"));
    }

    /** Arguments of a field, or fields of an input. */
    private void inputs(String where, List<InputValueDefinition> old, List<InputValueDefinition> now) {
        for (InputValueDefinition value : old) {
            now.stream()
                    .filter(v -> v.getName().equals(value.getName()))
                    .findFirst()
                    .ifPresentOrElse(
                            v -> {
                                if (!readsAs(v.getType(), value.getType())) {
                                    breaks.add(where + "(" + value.getName() + ") was " + text(value.getType())
                                            + " and is " + text(v.getType()));
                                }
                            },
                            () -> breaks.add(where + "(" + value.getName() + ") is gone"));
        }
        now.stream()
                .filter(v -> v.getType() instanceof NonNullType && v.getDefaultValue() == null)
                .filter(v -> old.stream().noneMatch(value -> value.getName().equals(v.getName())))
                .forEach(v -> breaks.add(where + "(" + v.getName() + ") is new and required"));
    }

    private void values(EnumTypeDefinition old, EnumTypeDefinition now) {
        old.getEnumValueDefinitions().stream()
                .filter(value -> now.getEnumValueDefinitions().stream()
                        .noneMatch(v -> v.getName().equals(value.getName())))
                .forEach(value -> breaks.add(old.getName() + "." + value.getName() + " is gone"));
    }

    /** Whether somebody who expects one type can live with the other: the same, or one that is never null. */
    private static boolean readsAs(Type<?> expected, Type<?> given) {
        return text(given).replace("!", "").equals(text(expected).replace("!", ""))
                && nonNulls(text(given)).containsAll(nonNulls(text(expected)));
    }

    /** At which depths of a type null can't be. */
    private static List<Integer> nonNulls(String type) {
        List<Integer> depths = new ArrayList<>();
        int depth = 0;
        for (int i = type.length() - 1; i >= 0; i--) {
            switch (type.charAt(i)) {
                case ']' -> depth++;
                case '!' -> depths.add(depth);
                default -> {}
            }
        }
        return depths;
    }

    private static String text(Type<?> type) {
        return AstPrinter.printAst(type);
    }
}
