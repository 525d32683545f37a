package dev.memoir.vectors;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The sum of the products of two rows of 8-bit numbers, as many at a time as the processor can. */
final class VectorProduct {
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.vectorBitSize() / 2));
    private static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(SHORTS.vectorBitSize()));
    private static final int LANES = SHORTS.length();

    private VectorProduct() {}

    /**
     * The sum of products. Two products of 8-bit numbers fit into 16 bits together (2 * 127 * 127 = 32258): so pairs are added
     * before they are widened, and each half of 32 bits is one of them.
     */
    static int of(MemorySegment file, long at, short[] wanted) {
        IntVector sums = IntVector.zero(INTS);
        for (int i = 0; i < wanted.length; i += 2 * LANES) {
            ShortVector pairs = products(file, at, wanted, i).add(products(file, at, wanted, i + LANES));
            IntVector both = pairs.reinterpretAsInts();
            sums = sums.add(both.lanewise(VectorOperators.ASHR, Short.SIZE))
                    .add(both.lanewise(VectorOperators.LSHL, Short.SIZE).lanewise(VectorOperators.ASHR, Short.SIZE));
        }
        return sums.reduceLanes(VectorOperators.ADD);
    }

    private static ShortVector products(MemorySegment file, long at, short[] wanted, int from) {
        ByteVector row = ByteVector.fromMemorySegment(BYTES, file, at + from, ByteOrder.LITTLE_ENDIAN);
        return ((ShortVector) row.convertShape(VectorOperators.B2S, SHORTS, 0))
                .mul(ShortVector.fromArray(SHORTS, wanted, from));
    }
}
