package dev.cytoplane.gateway.route;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request target (RFC 9112, section 3.2) that means the same to the gateway and to whatever answers behind it. What
 * two readers could understand differently is refused: dot segments, empty segments, encoded slashes, backslashes,
 * path parameters, control characters, encodings that are not UTF-8.
 */
public final class RequestTarget {
    private static final String PATH_EXTRA = "-._~!$&'()*+,=:@";
    private static final String QUERY_REFUSED = "\"<>\\^`{|}#";

    private final String path;
    private final @Nullable String query;
    private final @Nullable String authority;
    private final List<String> segments;
    private final int[] ends;

    private RequestTarget(
            String path, @Nullable String query, @Nullable String authority, List<String> segments, int[] ends) {
        this.path = path;
        this.query = query;
        this.authority = authority;
        this.segments = segments;
        this.ends = ends;
    }

    /** Reads origin-form ({@code /a?b}) and absolute-form ({@code http://host/a?b}). */
    public static RequestTarget parse(String target) throws BadTarget {
        String authority = null;
        String rest = target;
        if (!target.startsWith("/")) {
            int scheme = target.indexOf("://");
            if (scheme <= 0) {
                throw new BadTarget("The request target is neither a path nor an absolute URL.");
            }
            int slash = target.indexOf('/', scheme + 3);
            authority = slash < 0 ? target.substring(scheme + 3) : target.substring(scheme + 3, slash);
            rest = slash < 0 ? "/" : target.substring(slash);
        }
        int mark = rest.indexOf('?');
        String path = mark < 0 ? rest : rest.substring(0, mark);
        String query = mark < 0 ? null : rest.substring(mark + 1);
        if (query != null) {
            checkQuery(query);
        }
        return split(path, query, authority);
    }

    private static RequestTarget split(String path, @Nullable String query, @Nullable String authority)
            throws BadTarget {
        List<String> segments = new ArrayList<>(8);
        int[] ends = new int[8];
        int start = 1;
        while (start < path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            if (end == start) {
                throw new BadTarget("The path has an empty segment.");
            }
            if (segments.size() == ends.length) {
                ends = java.util.Arrays.copyOf(ends, ends.length * 2);
            }
            ends[segments.size()] = end;
            segments.add(decode(path, start, end));
            start = end + 1;
        }
        return new RequestTarget(path, query, authority, segments, ends);
    }

    private static String decode(String path, int start, int end) throws BadTarget {
        boolean plain = true;
        for (int i = start; i < end; i++) {
            char c = path.charAt(i);
            if (c == '%') {
                plain = false;
            } else if (!isPathCharacter(c)) {
                throw new BadTarget(
                        c == ';'
                                ? "The path has parameters (a semicolon)."
                                : "The path has a character that must be percent-encoded.");
            }
        }
        String segment = plain ? path.substring(start, end) : percentDecode(path, start, end);
        if (segment.equals(".") || segment.equals("..")) {
            throw new BadTarget("The path has a dot segment.");
        }
        return segment;
    }

    private static String percentDecode(String path, int start, int end) throws BadTarget {
        byte[] bytes = new byte[end - start];
        int length = 0;
        for (int i = start; i < end; i++) {
            char c = path.charAt(i);
            if (c == '%') {
                int octet = octet(path, i, end);
                if (octet == '/' || octet == '\\' || octet == ';' || octet < 0x20 || octet == 0x7f) {
                    throw new BadTarget("The path has an encoded slash, backslash, semicolon or control character.");
                }
                bytes[length++] = (byte) octet;
                i += 2;
            } else {
                bytes[length++] = (byte) c;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadTarget("The path is not encoded as UTF-8.");
        }
    }

    private static int octet(String text, int percent, int end) throws BadTarget {
        int high = percent + 1 < end ? Character.digit(text.charAt(percent + 1), 16) : -1;
        int low = percent + 2 < end ? Character.digit(text.charAt(percent + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw new BadTarget("The target has a percent sign that encodes nothing.");
        }
        return high * 16 + low;
    }

    private static void checkQuery(String query) throws BadTarget {
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c == '%') {
                octet(query, i, query.length());
            } else if (c <= 0x20 || c >= 0x7f || QUERY_REFUSED.indexOf(c) >= 0) {
                throw new BadTarget("The query has a character that must be percent-encoded.");
            }
        }
    }

    private static boolean isPathCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || PATH_EXTRA.indexOf(c) >= 0;
    }

    /** The path as it was sent. */
    public String path() {
        return path;
    }

    /** The query as it was sent, without the question mark. */
    public @Nullable String query() {
        return query;
    }

    /** The authority of an absolute-form target. */
    public @Nullable String authority() {
        return authority;
    }

    /** The decoded segments; a slash at the end adds none. */
    public List<String> segments() {
        return segments;
    }

    /** What follows the first {@code depth} segments, as it was sent: empty, or from its slash on. */
    public String after(int depth) {
        return depth == 0 ? path : path.substring(ends[depth - 1]);
    }

    /** The target at the upstream: {@code basePath} in place of the first {@code depth} segments. */
    public String rewritten(int depth, String basePath) {
        String base = basePath.endsWith("/") ? basePath.substring(0, basePath.length() - 1) : basePath;
        String rest = after(depth);
        String joined = base + rest;
        String result = joined.isEmpty() ? "/" : joined;
        return query == null ? result : result + "?" + query;
    }
}
