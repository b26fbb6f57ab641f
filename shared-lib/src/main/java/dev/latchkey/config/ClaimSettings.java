package dev.latchkey.config;

import dev.latchkey.jwt.ClaimPath;
import dev.latchkey.jwt.IdClaim;
import dev.latchkey.jwt.RequiredClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads settings that name claims, all in the notation of {@link ClaimPath}; parts in quotes may hold separators. */
public final class ClaimSettings {

    /** An entry that takes back what a preset requires. */
    static final String WAIVED = "*";

    private static final String FIXED = "=";
    private static final String REQUIRED_ENTRIES =
            "needs entries such as tenant, realm.role, token_use=access|id or scp|roles, separated by commas";

    private ClaimSettings() {}

    /** The claims that a setting lists, or where it is unset, those of its default; what cannot match is a problem. */
    static List<ClaimPath> claims(SettingsReader reader, Setting setting, List<String> usual) {
        List<String> entries = reader.quotedList(setting);
        List<ClaimPath> claims = new ArrayList<>();
        for (String entry : entries.isEmpty() ? usual : entries) {
            Optional<ClaimPath> claim = claim(reader, setting, entry);
            if (claim.isPresent()) {
                claims.add(claim.get());
            }
        }
        return claims;
    }

    /** The claim that an entry names; empty, and a problem, where none can match. */
    public static Optional<ClaimPath> claim(SettingsReader reader, Setting setting, String entry) {
        try {
            return Optional.of(ClaimPath.parse(Quoted.plain(entry)));
        } catch (IllegalArgumentException e) {
            reader.problem(setting, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Where an id stands: claims, of which the first counts that is there, and {@code =ID} for one that is fixed. */
    static Optional<IdClaim> id(SettingsReader reader, Setting setting, List<String> usual) {
        List<String> entries = reader.quotedList(setting);
        try {
            return Optional.of(id(entries.isEmpty() ? usual : entries));
        } catch (IllegalArgumentException e) {
            reader.problem(setting, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /**
     * The same of entries.
     *
     * @throws IllegalArgumentException if they are none; the message tells why
     */
    static IdClaim id(List<String> entries) {
        List<ClaimPath> claims = new ArrayList<>();
        String fixed = null;
        for (String entry : entries) {
            if (fixed != null) {
                throw new IllegalArgumentException("has entries behind " + FIXED + fixed + ", which is always there");
            }
            if (entry.startsWith(FIXED)) {
                fixed = Quoted.plain(entry.substring(FIXED.length()).strip());
            } else {
                claims.add(ClaimPath.parse(Quoted.plain(entry)));
            }
        }
        return new IdClaim(claims, fixed);
    }

    /** The claims that must be there. */
    static List<RequiredClaim> required(SettingsReader reader, Setting setting, List<String> usual) {
        List<String> entries = reader.quotedList(setting);
        List<RequiredClaim> claims = new ArrayList<>();
        for (String entry : entries.isEmpty() ? usual : entries) {
            try {
                if (!entry.equals(WAIVED) || reader.text(Settings.PRESET).isEmpty()) {
                    claims.add(required(entry));
                }
            } catch (IllegalArgumentException e) {
                reader.problem(setting, REQUIRED_ENTRIES + ": " + e.getMessage());
            }
        }
        return claims;
    }

    /**
     * {@code claim}, {@code claim|claim}, or either with {@code =value|value}.
     *
     * @throws IllegalArgumentException if it is neither; the message tells why
     */
    static RequiredClaim required(String entry) {
        List<String> sides = Quoted.split(entry, '=', 2);
        List<String> values = new ArrayList<>();
        for (String value : sides.size() == 1 ? List.<String>of() : Quoted.split(sides.get(1), '|')) {
            if (Quoted.plain(value).isEmpty()) {
                throw new IllegalArgumentException("a value is empty");
            }
            values.add(Quoted.plain(value));
        }
        List<ClaimPath> claims = new ArrayList<>();
        for (String claim : Quoted.split(sides.get(0), '|')) {
            if (claim.equals(WAIVED)) {
                throw new IllegalArgumentException("* stands alone, where a preset is");
            }
            claims.add(ClaimPath.parse(Quoted.plain(claim)));
        }
        return new RequiredClaim(claims, values);
    }
}
