/**
 * Faces, as dlib finds and describes them: where they are (its MMOD network), where their eyes and nose are (its tree
 * ensemble), and 128 numbers for who it is (its ResNet). The networks run on ONNX Runtime; all around them is written anew
 * after dlib's formulas so that the same pixels give the same answer. The formulas are those of dlib 20
 * (https://github.com/davisking/dlib), Copyright Davis E. King, Boost Software License 1.0; the text is in NOTICE.
 */
package dev.memoir.ai.faces;
